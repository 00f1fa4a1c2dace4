namespace MappaFlows.Workflows.Administration;

/// <summary>
/// Reads who did what to orchestrations, emails and checkpoints, and why. A row that was changed or removed is named, and the rest is
/// shown.
/// </summary>
public sealed class AdminLog(StreamStore streams, StreamVerifier verifier, AdminLogModel model)
{
    /// <summary>So many events after a request its outcome is looked for first: it mostly follows at once.</summary>
    private const int Nearby = 10;

    /// <summary>So many more events are read, once, where that is not enough.</summary>
    private const int FarAway = 1000;

    /// <summary>A hash that no event has.</summary>
    private const string NoHash = "none";

    /// <summary>Compares the whole log with its hashes.</summary>
    /// <returns>The number of the first event that is not what was recorded, or null.</returns>
    public Task<long?> VerifyAsync(CancellationToken cancellationToken = default) =>
        verifier.VerifyAsync(model.Log, to: null, cancellationToken);

    /// <summary>The entry, or null where this number is no request, or one that can no longer be read.</summary>
    public async Task<AdminLogEntry?> FindAsync(long sequence, CancellationToken cancellationToken = default)
    {
        if (sequence is < 1 or > EventColumns.MaxSequence) return null;
        var rows = await ReadAsync(sequence, sequence + Nearby, cancellationToken);
        if (rows.Find(row => row.IsRequest && row.Sequence == sequence) is not { } request) return null;
        var outcomes = await OutcomesAsync([request], rows, sequence + Nearby, cancellationToken);
        return request.EntryWith(outcomes.GetValueOrDefault(sequence));
    }

    /// <summary>A page of entries, the newest first.</summary>
    /// <param name="before">The number before which to begin; null for the newest.</param>
    /// <param name="take">1 to 499.</param>
    public async Task<AdminLogPage> PageAsync(long? before, int take, CancellationToken cancellationToken = default)
    {
        var head = await HeadAsync(cancellationToken);
        var end = Math.Clamp(before ?? head.Sequence + 1, 1, head.Sequence + 1);
        var (first, rows) = await ReadBackAsync(end, take, cancellationToken);
        if (rows.Count == 0 && end > 1)
        {
            // The state names more events than there are.
            head = new(await LastSequenceAsync(cancellationToken), NoHash);
            end = Math.Min(end, head.Sequence + 1);
            (first, rows) = await ReadBackAsync(end, take, cancellationToken);
        }

        var shown = rows.Where(row => row.IsRequest).TakeLast(take).ToList();
        var start = shown.Count == take ? shown[0].Sequence!.Value : first;
        var newer = end <= head.Sequence ? await ReadAsync(end, end + (2 * take), cancellationToken) : [];
        var through = newer.Count == 0 ? end : end + (2 * take);
        var outcomes = await OutcomesAsync(shown, [.. rows, .. newer], through, cancellationToken);

        // One older than is shown, to which the oldest shown has to fit.
        var checkFrom = Math.Max(first, start - 1);
        var broken = FirstBroken(rows, checkFrom, end, end > head.Sequence ? head.Hash : null);
        var entries = shown.Select(request => (Request: request, Outcome: outcomes.GetValueOrDefault(request.Sequence!.Value)))
            .Reverse()
            .ToList();
        return new(
            [.. entries.Select(entry => entry.Request.EntryWith(entry.Outcome))],
            start > 1 ? start : null,
            end <= head.Sequence ? NewerOf(newer, take) ?? Math.Min(through, head.Sequence + 1) : null,
            broken ?? entries.Where(entry => entry.Outcome is { IsIntact: false }).Min(entry => entry.Outcome!.Sequence));
    }

    /// <summary>The newest event as the state has it; where that is gone or cannot be read, the newest that there is.</summary>
    private async Task<StreamHead> HeadAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (await streams.HeadAsync(model.Log, cancellationToken) is { Sequence: > 0 and < EventColumns.MaxSequence } head) return head;
        }
        catch (Exception exception) when (exception is KeyNotFoundException or InvalidCastException)
        {
            // Named below, as the newest event without its hash.
        }

        return await LastSequenceAsync(cancellationToken) is > 0 and var last ? new(last, NoHash) : StreamHead.Start;
    }

    /// <summary>The number of the newest event that can be read.</summary>
    private async Task<long> LastSequenceAsync(CancellationToken cancellationToken)
    {
        var last = 0L;
        while (
            (await ReadAsync(last + 1, EventColumns.MaxSequence, cancellationToken)).FindLast(row =>
                row.Record is not null)?.Sequence is { } found && found > last)
        {
            last = found;
        }

        return last;
    }

    /// <summary>The events before this one: as many as hold so many requests and the event before them.</summary>
    private async Task<(long First, List<AdminLogRow> Rows)> ReadBackAsync(long end, int take, CancellationToken cancellationToken)
    {
        var first = Math.Max(1, end - (2 * take) - 1);
        var rows = await ReadAsync(first, end, cancellationToken);
        if (first == 1 || rows.Skip(1).Count(row => row.IsRequest) >= take) return (first, rows);

        // Outcomes of actions that were open for long: there can be no more of these than can be open.
        var earlier = Math.Max(1, first - FarAway);
        return (earlier, [.. await ReadAsync(earlier, first, cancellationToken), .. rows]);
    }

    /// <summary>The outcomes of these requests by their numbers. The one that was recorded first counts.</summary>
    /// <param name="rows">What has been read, up to and without <paramref name="through"/>.</param>
    private async Task<Dictionary<long, AdminLogRow>> OutcomesAsync(
        IReadOnlyList<AdminLogRow> requests,
        List<AdminLogRow> rows,
        long through,
        CancellationToken cancellationToken)
    {
        var outcomes = new Dictionary<long, AdminLogRow>();
        Add(rows);
        var mayBeMore = rows.Count > 0 && rows[^1].Sequence == through - 1;
        if (mayBeMore && requests.Any(request => !outcomes.ContainsKey(request.Sequence!.Value)))
            Add(await ReadAsync(through, through + FarAway, cancellationToken));
        return outcomes;

        void Add(List<AdminLogRow> read)
        {
            foreach (var row in read)
            {
                if (row.Event is ActionCompleted completed) outcomes.TryAdd(completed.Request, row);
            }
        }
    }

    private async Task<List<AdminLogRow>> ReadAsync(long first, long end, CancellationToken cancellationToken) =>
        [.. (await streams.RecordsAsync(model.Log, first, end, cancellationToken)).Select(record => AdminLogRow.Of(model, record))];

    /// <summary>Where a page ends that begins with these rows; null where they are too few for a page.</summary>
    private static long? NewerOf(List<AdminLogRow> newer, int take) =>
        newer.Where(row => row.IsRequest).Skip(take - 1).FirstOrDefault()?.Sequence + 1;

    /// <summary>The first number from which on the rows are not what was recorded; null where all is whole.</summary>
    /// <param name="lastHash">The hash of the row before <paramref name="end"/>; null where it is not known.</param>
    private static long? FirstBroken(IEnumerable<AdminLogRow> rows, long first, long end, string? lastHash)
    {
        var previous = first == 1 ? HashChain.Start : null;
        var expected = first;
        foreach (var row in rows.SkipWhile(row => row.Sequence is not { } sequence || sequence < first))
        {
            if (!row.IsIntact || row.Sequence != expected || expected == end) return expected;
            if (previous is not null && row.Record!.PreviousHash != previous) return expected;
            previous = row.Record!.Hash;
            expected++;
        }

        if (expected < end) return expected;
        return lastHash is not null && previous != lastHash ? Math.Max(1, end - 1) : null;
    }
}
