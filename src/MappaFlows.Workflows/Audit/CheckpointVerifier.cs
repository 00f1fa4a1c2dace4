using System.Collections.Concurrent;

namespace MappaFlows.Workflows.Audit;

/// <summary>Compares cases, and the administrators' log, with their checkpoints, one checkpoint at a time.</summary>
public sealed class CheckpointVerifier(
    ICheckpointStore checkpointStore,
    CheckpointIndex checkpoints,
    ChangedCases changed,
    StreamStore streams,
    StreamVerifier verifier,
    CaseModel model,
    AdminLogModel administrators,
    BrokenRecords broken,
    EmailDeliveries deliveries,
    IEnumerable<IStoredRows> lists,
    UnreadableRows rows,
    ProductMetrics metrics,
    TimeProvider time)
{
    private const int CasesAtOnce = 8;

    /// <summary>The most cases outside checkpoints that one check looks at; it says where there are more.</summary>
    private const int MaxUncovered = 1_000;

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
        if (after.IsOver)
        {
            after = await CheckChangedAsync(after, cancellationToken);
            after = await CheckListsAsync(after, cancellationToken);
        }

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
            && await verifier.VerifyAsync(administrators.Log, new(last.Sequence, last.Hash), cancellationToken) is { } first)
        {
            found.Add(new(DiscrepancyKind.AdministratorsChanged, number, document.At, Event: first));
        }

        found.AddRange(await CheckCasesAsync(document, cancellationToken));
        return new(document.Entries.Count, found);
    }

    /// <summary>
    /// An administrator's check is what ends the finding that a record is short, where it is whole again: the next checkpoint has it then.
    /// </summary>
    private async Task LetGoOfWholeRecordsAsync(CancellationToken cancellationToken)
    {
        foreach (var found in await broken.ListAsync(MaxUncovered, cancellationToken))
        {
            var check = found.Stream == administrators.Log
                ? await verifier.CheckAsync(administrators, found.Stream.Id, cancellationToken)
                : await verifier.CheckAsync(model, found.Stream.Id, cancellationToken);
            if (check.BrokenAt is null && check.IsState != false) await broken.RemoveAsync(found.Stream, cancellationToken);
        }

        foreach (var found in await checkpoints.TruncatedStreamsAsync(cancellationToken))
        {
            var check = await verifier.CheckAsync(model, found.Case.ToString(), cancellationToken);
            if (check is not { BrokenAt: null, IsState: not false }) continue;
            if (await streams.HeadAsync(model.Stream(found.Case), cancellationToken) is not { } head || head.Sequence < found.Version)
                continue;
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
            foreach (var one in await CheckCaseAsync(document, head, token)) found.Add(one);
        });
        return [.. found.OrderBy(disagreement => disagreement.Case.ToString(), StringComparer.Ordinal)];
    }

    /// <summary>
    /// Compares a case with its entry; where that is its newest event, everything else that is stored of it too. What cannot be read is one
    /// more disagreement, and keeps no other case from being looked at.
    /// </summary>
    private async Task<IReadOnlyList<Discrepancy>> CheckCaseAsync(
        CheckpointDocument document,
        StreamEntry entry,
        CancellationToken cancellationToken)
    {
        var of = new Discrepancy(DiscrepancyKind.CaseChanged, document.Number, document.At, entry.Case);
        try
        {
            var stream = model.Stream(entry.Case);
            if (await verifier.VerifyAsync(stream, new(entry.Sequence, entry.Hash), cancellationToken) is { } first)
                return [of with { Event = first }];
            if (await streams.HeadAsync(stream, cancellationToken) is not { } head || head.Sequence < entry.Sequence)
                return [of with { Kind = DiscrepancyKind.StateChanged }];
            if (head.Sequence == entry.Sequence) return await CheckWholeCaseAsync(of, cancellationToken);
            return await verifier.HasAsync(stream, head, cancellationToken) ? [] : [of with { Kind = DiscrepancyKind.StateChanged }];
        }
        catch (Exception exception) when (Unreadable.Is(exception))
        {
            return [of with { Kind = DiscrepancyKind.CaseUnreadable }];
        }
    }

    /// <summary>Everything that is stored of a case, against itself.</summary>
    private async Task<IReadOnlyList<Discrepancy>> CheckWholeCaseAsync(Discrepancy of, CancellationToken cancellationToken)
    {
        var check = await verifier.CheckAsync(model, of.Case.ToString()!, cancellationToken);
        if (check.BrokenAt is not null || check.IsState == false)
            await broken.ReportAsync(model.Stream(of.Case!.Value), cancellationToken);
        return
        [
            .. check.BrokenAt is { } at ? [of with { Event = at }] : Array.Empty<Discrepancy>(),
            .. check.IsState == false ? [of with { Kind = DiscrepancyKind.StateChanged }] : Array.Empty<Discrepancy>(),
            .. check.Unreadable
                .Concat(await deliveries.UnreadableOfAsync(of.Case!.Value, cancellationToken))
                .Select(row => of with { Kind = DiscrepancyKind.RowUnreadable, Row = row }),
        ];
    }

    /// <summary>Every row of the lists, and the administrators' log against itself.</summary>
    private async Task<VerificationProgress> CheckListsAsync(VerificationProgress progress, CancellationToken cancellationToken)
    {
        rows.Clear();
        foreach (var list in lists) await list.ReadAllAsync(cancellationToken);
        var of = new Discrepancy(DiscrepancyKind.RowUnreadable, Checkpoint: 0, time.GetUtcNow());
        progress = rows.All.Aggregate(progress, (sum, row) => sum.With(of with { Row = row.ToString() }));

        var log = await verifier.CheckAsync(administrators, administrators.Log.Id, cancellationToken);
        if (log is { BrokenAt: null, IsState: false } && await streams.HeadAsync(administrators.Log, cancellationToken) is not null)
            progress = progress.With(of with { Kind = DiscrepancyKind.AdministratorsChanged });
        return log.Unreadable.Aggregate(progress, (sum, row) => sum.With(of with { Row = $"{administrators.Log}/{row}" }));
    }

    /// <summary>The cases that have changed since they were last in a checkpoint, against themselves.</summary>
    private async Task<VerificationProgress> CheckChangedAsync(VerificationProgress progress, CancellationToken cancellationToken)
    {
        var listed = await changed.ListAsync(MaxUncovered + 1, cancellationToken);
        var known = progress.Sample.Select(one => one.Case).ToHashSet();
        var found = new ConcurrentBag<Discrepancy>();
        var options = new ParallelOptions { MaxDegreeOfParallelism = CasesAtOnce, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(listed.Take(MaxUncovered).Where(entry =>
            !known.Contains(entry.Reference)), options, async (entry, token) =>
        {
            var of = new Discrepancy(DiscrepancyKind.CaseChanged, Checkpoint: 0, time.GetUtcNow(), entry.Reference);
            foreach (var one in await CheckWholeCaseAsync(of, token)) found.Add(one);
        });
        progress = progress with { Uncovered = Math.Min(listed.Count, MaxUncovered), HasMoreUncovered = listed.Count > MaxUncovered };
        return found.OrderBy(one => one.Case.ToString(), StringComparer.Ordinal).Aggregate(progress, (sum, one) => sum.With(one));
    }
}
