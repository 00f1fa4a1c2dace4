namespace MappaFlows.Workflows.Audit;

/// <summary>
/// Whether the checkpoints tell of records that the tables no longer have: tables that were emptied, or an older copy of them, beside
/// checkpoints that nobody can change.
/// </summary>
public sealed class StoreLoss(ICheckpointStore checkpointStore, CheckpointIndex checkpoints, StreamVerifier verifier, CaseModel model)
{
    private static readonly TimeSpan AskAgainAfter = TimeSpan.FromMinutes(30);

    private readonly SemaphoreSlim _asking = new(1, 1);
    private string? _found;
    private long _askedAt;

    /// <summary>What is lost, in words; null where nothing is. Asked of the stores twice an hour at most.</summary>
    public async Task<string?> FindAsync(CancellationToken cancellationToken = default)
    {
        await _asking.WaitAsync(cancellationToken);
        try
        {
            if (_askedAt != 0 && TimeProvider.System.GetElapsedTime(_askedAt) < AskAgainAfter) return _found;
            _found = await LookAsync(cancellationToken);
            _askedAt = TimeProvider.System.GetTimestamp();
            return _found;
        }
        finally
        {
            _asking.Release();
        }
    }

    private async Task<string?> LookAsync(CancellationToken cancellationToken)
    {
        var indexed = (await checkpoints.NewestAsync(cancellationToken))?.Number ?? 0;
        var newest = (await CheckpointRange.FindAsync(checkpointStore, checkpoints, cancellationToken)).Newest;

        // One more than the index knows is what a crash leaves, if its records are there.
        if (newest <= indexed || newest == 0) return null;
        if (newest > indexed + 1) return Words(newest);
        if (await checkpointStore.ReadAsync(CheckpointDocument.NameOf(newest), cancellationToken) is not { } content
            || CheckpointDocument.TryRead(newest, content)?.Entries is not [var entry, ..])
        {
            return null;
        }

        return await verifier.HasAsync(model.Stream(entry.Case), new(entry.Sequence, entry.Hash), cancellationToken) ? null : Words(newest);
    }

    private static string Words(long newest) =>
        $"The tables have lost records: checkpoint {newest} tells of events that are not there. Restore the tables, or find out why they are older.";
}
