namespace MappaFlows.Workflows.Audit;

/// <summary>
/// Checkpoints between the nights: one soon after the start, and one when nothing has happened for a while, so that a store which is lost
/// by day is missed too. Asked every half minute by a host whose store costs nothing to ask.
/// </summary>
public sealed class EarlyCheckpoints(ChangedCases changed, CheckpointWriter writer)
{
    /// <summary>A start is over by then, and what a crash left is done.</summary>
    private static readonly TimeSpan AfterStart = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan Idle = TimeSpan.FromMinutes(5);

    /// <summary>Checkpoints are kept for ever, so they come no oftener than this.</summary>
    private static readonly TimeSpan Apart = TimeSpan.FromHours(1);

    private readonly long _startedAt = TimeProvider.System.GetTimestamp();
    private (int Cases, long Versions) _seen;
    private long _seenSince;
    private long _writtenAt;

    /// <summary>Writes a checkpoint if it is time for one.</summary>
    /// <returns>Whether it wrote one.</returns>
    public async Task<bool> RunAsync(CancellationToken cancellationToken = default)
    {
        if (Since(_startedAt) < AfterStart) return false;
        var listed = await changed.ListAsync(CheckpointWriter.MaxEntries, cancellationToken);
        if (listed.Count == 0) return false;
        var now = (listed.Count, listed.Sum(entry => entry.Version));
        if (now != _seen) (_seen, _seenSince) = (now, TimeProvider.System.GetTimestamp());
        var isFirst = _writtenAt == 0;
        if (!isFirst && (Since(_seenSince) < Idle || Since(_writtenAt) < Apart)) return false;
        _writtenAt = TimeProvider.System.GetTimestamp();
        await writer.RunNowAsync(cancellationToken);
        return true;
    }

    private static TimeSpan Since(long moment) => TimeProvider.System.GetElapsedTime(moment);
}
