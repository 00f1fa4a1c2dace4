namespace MappaFlows.Workflows.Email;

/// <summary>What the carrier said of one handing over. The reasons are for people to read: a status or a code, never an address or text of the email.</summary>
public abstract record SendOutcome
{
    private SendOutcome()
    {
    }

    /// <summary>It is on its way.</summary>
    public sealed record Accepted : SendOutcome;

    /// <summary>The carrier had this operation already: an earlier try got through.</summary>
    public sealed record AcceptedBefore : SendOutcome;

    /// <summary>The carrier is over its limit, and has not taken the email.</summary>
    /// <param name="RetryAfter">How long it asks to be left alone; null where it did not say.</param>
    public sealed record Throttled(string Why, TimeSpan? RetryAfter = null) : SendOutcome;

    /// <summary>The carrier did not let us in (a role that is not given yet, clocks apart), and has not taken the email. It may later.</summary>
    public sealed record NotAllowed(string Why) : SendOutcome;

    /// <summary>Nobody knows: the carrier failed, or the connection broke. It may have taken the email or not.</summary>
    public sealed record Unknown(string Why) : SendOutcome;

    /// <summary>The carrier will not take this email however often it is handed over.</summary>
    public sealed record Rejected(string Why) : SendOutcome;
}
