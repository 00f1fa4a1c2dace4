namespace MappaFlows.Core.Administration;

/// <summary>What a decision has to know of the log: the actions without an outcome.</summary>
public sealed record AdminLogState
{
    /// <summary>
    /// The most actions that can be open. One more, and the oldest is closed without an outcome; its request stays in the log.
    /// </summary>
    public const int MaxOpen = 1000;

    /// <summary>
    /// The sequences of the requests without an outcome, the oldest first. An action is here while it is done, and after a crash.
    /// </summary>
    public IReadOnlyList<long> Open { get; init; } = [];
}
