namespace MappaFlows.Workflows.Administration;

/// <summary>The result of a request for an action.</summary>
public abstract record AdminActionResult
{
    private AdminActionResult()
    {
    }

    /// <summary>It was tried, now or when it was first sent; the entry says with what outcome.</summary>
    public sealed record Attempted(AdminLogEntry Entry) : AdminActionResult;

    /// <summary>It was not tried, and is not in the log.</summary>
    public sealed record Refused(RefusalKind Kind, IReadOnlyList<Problem> Problems) : AdminActionResult;
}
