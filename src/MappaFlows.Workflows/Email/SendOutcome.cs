namespace MappaFlows.Workflows.Email;

/// <summary>
/// What the email service said of one handing over. The reasons are for people to read: a status or a code, never an address or text of the
/// email.
/// </summary>
public abstract record SendOutcome
{
    private SendOutcome()
    {
    }

    /// <summary>It is on its way.</summary>
    public sealed record Accepted : SendOutcome;

    /// <summary>The email service had this operation already: an earlier try got through.</summary>
    public sealed record AcceptedBefore : SendOutcome;

    /// <summary>The email service is over its limit, and has not taken the email.</summary>
    /// <param name="RetryAfter">How long it asks to be left alone; null where it did not say.</param>
    public sealed record Throttled(string Reason, TimeSpan? RetryAfter = null) : SendOutcome;

    /// <summary>
    /// The email service did not let us in (a role that is not given yet, clocks apart), and has not taken the email. It may later.
    /// </summary>
    public sealed record NotAllowed(string Reason) : SendOutcome;

    /// <summary>No one knows: the email service failed, or the connection broke. It may have taken the email or not.</summary>
    public sealed record Unknown(string Reason) : SendOutcome;

    /// <summary>The email service will not take this email however often it is handed over.</summary>
    public sealed record Rejected(string Reason) : SendOutcome;
}
