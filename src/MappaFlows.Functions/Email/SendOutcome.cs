namespace MappaFlows.Functions.Email;

/// <summary>What the email service said. The send ledger decides what follows.</summary>
/// <param name="Answer">What is known.</param>
/// <param name="Reason">A status and error code for people to read; never an address or text of the message.</param>
/// <param name="RetryAfter">How long the service asks to wait; null where it did not say.</param>
public sealed record SendOutcome(SendAnswer Answer, string Reason, TimeSpan? RetryAfter = null);

public enum SendAnswer
{
    /// <summary>The service has the message. A delivery report follows.</summary>
    Accepted,

    /// <summary>The service had this operation id already: an earlier try got through.</summary>
    AcceptedBefore,

    /// <summary>The service is over its limit and has not taken the message.</summary>
    Throttled,

    /// <summary>The service did not let us in (a role not given yet, clocks apart) and has not taken the message. It may later.</summary>
    NotAllowed,

    /// <summary>
    /// Nobody knows: the service failed, or the connection broke. Trying again with the same operation id within the service's
    /// five minutes cannot send twice; after that only the ledger and the delivery reports can tell.
    /// </summary>
    Unknown,

    /// <summary>The service will not take this message however often it is sent.</summary>
    Refused,
}
