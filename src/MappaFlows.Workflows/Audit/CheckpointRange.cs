namespace MappaFlows.Workflows.Audit;

/// <summary>How far the checkpoints go, and whether the checkpoint store has more that looks like one.</summary>
/// <param name="Newest">
/// The number of the newest checkpoint, also of one that only the checkpoint store, or only the index, knows of; 0 where there is none.
/// </param>
/// <param name="Unexpected">
/// The number of the first document beyond that. None of ours: they have no gaps. Null where there is no such document.
/// </param>
internal sealed record CheckpointRange(long Newest, long? Unexpected)
{
    /// <summary>
    /// A name in the checkpoint store is believed only where it follows on: one with a very high number, which the policy would keep for
    /// years, would otherwise make every check endless.
    /// </summary>
    public static async Task<CheckpointRange> FindAsync(
        ICheckpointStore checkpointStore,
        CheckpointIndex checkpoints,
        CancellationToken cancellationToken)
    {
        var newest = (await checkpoints.NewestAsync(cancellationToken))?.Number ?? 0;
        await foreach (var name in checkpointStore.NamesAsync(cancellationToken))
        {
            if (CheckpointDocument.NumberOf(name) is not { } number || number <= newest) continue;
            if (number > newest + 1) return new(newest, number);
            newest = number;
        }

        return new(newest, Unexpected: null);
    }
}
