namespace MappaFlows.Workflows.Notifications;

/// <summary>Carries emails out of the product: a mailbox on one machine, Azure Communication Services beyond it.</summary>
public interface IMailCarrier
{
    /// <summary>Hands over one email.</summary>
    /// <param name="operationId">Names this sending: the same id again is the same email, and goes out once where the carrier can tell.</param>
    Task<MailOutcome> CarryAsync(OutgoingEmail email, Guid operationId, CancellationToken cancellationToken);
}

/// <summary>An email as it goes out. It holds a reference and a link, and nothing of the person.</summary>
public sealed record OutgoingEmail(
    string To,
    string Subject,
    string Text,
    IReadOnlyList<string> Links,
    IReadOnlyList<EmailAttachment> Attachments);

/// <summary>A file that goes with an email.</summary>
public sealed record EmailAttachment(string Name, string ContentType, string Content);

/// <summary>What the carrier said.</summary>
public abstract record MailOutcome
{
    private MailOutcome()
    {
    }

    /// <summary>It is on its way.</summary>
    public sealed record Accepted : MailOutcome;

    /// <summary>Not now; the same email may be handed over again after this time.</summary>
    public sealed record Later(TimeSpan After, string Why) : MailOutcome;

    /// <summary>Never: trying again would not help.</summary>
    public sealed record Rejected(string Why) : MailOutcome;
}
