namespace MappaFlows.Workflows.Email;

/// <summary>Carries emails out of the product: a mailbox on one machine, Azure Communication Services beyond it.</summary>
/// <remarks>It hands over once. Waiting, trying again and giving up are the email sender's work.</remarks>
public interface IEmailTransport
{
    /// <summary>How many emails the email service takes in a time.</summary>
    EmailRateLimits Limits => EmailRateLimits.None;

    /// <summary>Hands over one email, once.</summary>
    /// <param name="email">What goes out.</param>
    /// <param name="operationId">
    /// Names this sending: the same id again is the same email, and goes out once for as long as the email service remembers it.
    /// </param>
    /// <param name="cancellationToken">A send that is cancelled may still have been accepted.</param>
    Task<SendOutcome> SendAsync(OutgoingEmail email, Guid operationId, CancellationToken cancellationToken);
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
