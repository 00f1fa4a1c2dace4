namespace MappaFlows.Workflows.Streams;

/// <summary>The result of a command.</summary>
/// <typeparam name="T">What is given back of the state.</typeparam>
public abstract record CommandResult<T>
{
    private CommandResult()
    {
    }

    /// <summary>Durably done, now or when it was first sent.</summary>
    /// <param name="Now">The state as it stands now.</param>
    /// <param name="Sequence">The last event that the command made; the newest of the stream where it had nothing to do.</param>
    /// <param name="WasDoneBefore">Whether an earlier sending of the same command did it.</param>
    public sealed record Done(T Now, long Sequence, bool WasDoneBefore = false) : CommandResult<T>;

    /// <summary>Refused.</summary>
    /// <param name="IsRecorded">Whether the attempt was recorded.</param>
    public sealed record Refused(RefusalKind Kind, IReadOnlyList<Problem> Problems, bool IsRecorded = false) : CommandResult<T>;

    /// <summary>Not done, because it was for an older state than there is now.</summary>
    public sealed record Stale : CommandResult<T>;
}
