namespace MappaFlows.Workflows.Audit;

/// <summary>The record of what administrators did, as far as checkpoints need it.</summary>
public interface IAdministratorsLog
{
    /// <summary>The newest entry by its number and hash; null where there is none.</summary>
    ValueTask<(long Sequence, string Hash)?> HeadAsync(CancellationToken cancellationToken = default);

    /// <summary>Whether the entries lead without a break from the first to the one of this number and hash.</summary>
    /// <param name="sequence">From 1.</param>
    /// <returns>The number of the first entry that is not what it was, or null. It is the given one where the entries fit one another but end otherwise.</returns>
    Task<long?> VerifyAsync(long sequence, string hash, CancellationToken cancellationToken = default);
}
