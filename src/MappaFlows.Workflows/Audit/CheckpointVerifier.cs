using System.Collections.Concurrent;

namespace MappaFlows.Workflows.Audit;

/// <summary>Compares cases, and the administrators' log, with their checkpoints, one checkpoint at a time.</summary>
public sealed class CheckpointVerifier(
    ICheckpointStore checkpointStore,
    CheckpointIndex checkpoints,
    ChangedCases changed,
    StreamStore streams,
    CaseModel model,
    AdminLogModel administrators,
    ProductMetrics metrics,
    TimeProvider time)
{
    private const int CasesAtOnce = 8;

    /// <summary>Checks the checkpoint that comes next, and keeps what it found.</summary>
    /// <returns>The progress after it. Checking the same again finds the same.</returns>
    public async Task<VerificationProgress> VerifyNextAsync(VerificationProgress progress, CancellationToken cancellationToken = default)
    {
        var number = progress.Through + 1;
        var checkpoint = await checkpoints.FindAsync(number, cancellationToken);
        var found = await CheckAsync(number, checkpoint, cancellationToken);
        var now = time.GetUtcNow();
        var after = progress.With(found, now);
        if (after.IsOver && await CheckpointRange.FindAsync(checkpointStore, checkpoints, cancellationToken) is { Unexpected: { } stray })
            after = after.With(new Discrepancy(DiscrepancyKind.UnexpectedCheckpoint, stray));

        var disagreements = after.Discrepancies - progress.Discrepancies;
        if (disagreements > 0) metrics.DiscrepanciesFound((int)disagreements);
        await checkpoints.KeepAsync(
            after,
            checkpoint is null ? null : checkpoint with { CheckedAt = now, Discrepancies = found.Discrepancies.Count },
            cancellationToken);
        if (after.IsOver) await LetGoOfWholeRecordsAsync(cancellationToken);
        return after;
    }

    private async Task<VerifiedCheckpoint> CheckAsync(long number, Checkpoint? checkpoint, CancellationToken cancellationToken)
    {
        if (await checkpointStore.ReadAsync(CheckpointDocument.NameOf(number), cancellationToken) is not { } content)
            return new(0, [new(DiscrepancyKind.CheckpointMissing, number, checkpoint?.At)]);

        var found = new List<Discrepancy>();
        if (checkpoint is not null && checkpoint.Sha256 != CheckpointDocument.HashOf(content))
            found.Add(new(DiscrepancyKind.CheckpointChanged, number, checkpoint.At));
        if (CheckpointDocument.TryRead(number, content) is not { } document)
            return new(0, [.. found, new(DiscrepancyKind.CheckpointUnreadable, number, checkpoint?.At)]);

        if (document.Previous != await PreviousAsync(number, cancellationToken))
            found.Add(new(DiscrepancyKind.PredecessorChanged, number, document.At));
        if (document.Administrators is { } last
            && await streams.VerifyAsync(administrators.Log, new(last.Sequence, last.Hash), cancellationToken) is { } broken)
        {
            found.Add(new(DiscrepancyKind.AdministratorsChanged, number, document.At, Event: broken));
        }

        found.AddRange(await CheckCasesAsync(document, cancellationToken));
        return new(document.Entries.Count, found);
    }

    /// <summary>
    /// An administrator's check is what ends the finding that a record is short, where it is whole again: the next checkpoint has it then.
    /// </summary>
    private async Task LetGoOfWholeRecordsAsync(CancellationToken cancellationToken)
    {
        foreach (var found in await checkpoints.TruncatedStreamsAsync(cancellationToken))
        {
            if (await streams.HeadAsync(model.Stream(found.Case), cancellationToken) is not { } head || head.Sequence < found.Version)
                continue;
            if (await streams.VerifyAsync(model.Stream(found.Case), to: null, cancellationToken) is not null) continue;
            if (await streams.LoadAsync(model, found.Case.ToString(), cancellationToken) is not { State.AreaCode: var areaCode }) continue;
            await changed.AddAsync(areaCode, [(found.Case, found.Version)], cancellationToken);
            await checkpoints.RemoveTruncatedStreamAsync(found, cancellationToken);
        }
    }

    /// <summary>The document before, as the checkpoint store has it.</summary>
    private async Task<PreviousDocument?> PreviousAsync(long number, CancellationToken cancellationToken)
    {
        var name = CheckpointDocument.NameOf(number - 1);
        return number > 1 && await checkpointStore.ReadAsync(name, cancellationToken) is { } content
            ? new(name, CheckpointDocument.HashOf(content))
            : null;
    }

    private async Task<IReadOnlyList<Discrepancy>> CheckCasesAsync(CheckpointDocument document, CancellationToken cancellationToken)
    {
        var found = new ConcurrentBag<Discrepancy>();
        var options = new ParallelOptions { MaxDegreeOfParallelism = CasesAtOnce, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(document.Entries, options, async (head, token) =>
        {
            if (await streams.VerifyAsync(model.Stream(head.Case), new(head.Sequence, head.Hash), token) is { } broken)
                found.Add(new(DiscrepancyKind.CaseChanged, document.Number, document.At, head.Case, broken));
        });
        return [.. found.OrderBy(disagreement => disagreement.Case.ToString(), StringComparer.Ordinal)];
    }
}
