namespace MappaFlows.Workflows.Streams;

/// <summary>What came of a command.</summary>
public abstract record CommandResult
{
    private CommandResult()
    {
    }

    /// <summary>Durably done, now or when it was first sent.</summary>
    /// <param name="WasDoneBefore">Whether an earlier sending of the same command did it.</param>
    public sealed record Done(bool WasDoneBefore = false) : CommandResult;

    /// <summary>Refused; nothing changed.</summary>
    public sealed record Refused(RefusalKind Kind, IReadOnlyList<Problem> Problems) : CommandResult;
}
