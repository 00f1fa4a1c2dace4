namespace MappaFlows.Workflows.Cases;

/// <summary>The result of a command, for the person who gave it.</summary>
public abstract record CommandResult
{
    private CommandResult()
    {
    }

    /// <summary>Durably done, now or when it was first sent.</summary>
    /// <param name="Now">The case as this person now sees it; null where the command took their right to read it.</param>
    /// <param name="WasDoneBefore">Whether an earlier sending of the same command did it.</param>
    public sealed record Done(CaseView? Now, bool WasDoneBefore = false) : CommandResult;

    /// <summary>Refused.</summary>
    /// <param name="IsRecorded">Whether the attempt was recorded.</param>
    public sealed record Refused(RefusalKind Kind, IReadOnlyList<Problem> Problems, bool IsRecorded = false) : CommandResult;

    /// <summary>Not done, because it was for an older state than there is now.</summary>
    public sealed record Stale : CommandResult;
}
