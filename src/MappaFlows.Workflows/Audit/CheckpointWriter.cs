using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace MappaFlows.Workflows.Audit;

/// <summary>
/// Once a day writes down, where no one can change it, the newest event of every case that has changed: a checkpoint. A chain of events
/// that was rewritten from its beginning still fits itself, and no longer its checkpoints. The newest event of the administrators' log goes
/// along.
/// </summary>
/// <remarks>
/// The checkpoint store decides: the host that stores the next number first has made that checkpoint, and all continue from there. A
/// process that dies at any moment, or two at once, at worst checkpoint a case twice. A day on which nothing changed has no checkpoint.
/// </remarks>
public sealed partial class CheckpointWriter(
    ICheckpointStore checkpointStore,
    CheckpointIndex checkpoints,
    ChangedCases changed,
    CaseloadIndex caseload,
    StreamStore streams,
    StreamVerifier verifier,
    CaseModel model,
    AdminLogModel administrators,
    ProductMetrics metrics,
    TimeProvider time,
    ILogger<CheckpointWriter> logger)
{
    /// <summary>
    /// The most cases in one checkpoint; more go into the next one of the same run. A check looks at one checkpoint at a time.
    /// </summary>
    public const int MaxEntries = 1_000;

    /// <summary>The most checkpoints that one run makes; the next run goes on.</summary>
    private const int MaxCheckpoints = 1_000;

    private const int ReadsAtOnce = 8;

    /// <summary>
    /// London time. The day before is whole by then, with the cases that ended at its midnight, and hardly anyone is at work. Also on the
    /// days when the clocks change it comes once: they do so at 1am in spring, and in autumn at 2am go back to 1am.
    /// </summary>
    private static readonly TimeOnly Due = new(2, 0);

    /// <summary>Checkpoints what has changed, unless that was done since it was last due. Harmless at any time.</summary>
    public async Task RunIfDueAsync(CancellationToken cancellationToken = default)
    {
        var day = DayDue(time.GetUtcNow());
        var last = await checkpoints.LastDayAsync(cancellationToken);
        if (last >= day) return;

        // A store from before there were checkpoints, whose cases were never listed.
        if (last is null)
        {
            await MarkEveryCaseAsync(cancellationToken);
            await checkpoints.SetLastDayAsync(DateOnly.MinValue, cancellationToken);
        }

        if (await WriteAllAsync(cancellationToken)) await checkpoints.SetLastDayAsync(day, cancellationToken);
    }

    /// <summary>Checkpoints what has changed now. The day's own checkpoint still follows.</summary>
    public Task RunNowAsync(CancellationToken cancellationToken = default) => WriteAllAsync(cancellationToken);

    /// <returns>Whether nothing is left.</returns>
    private async Task<bool> WriteAllAsync(CancellationToken cancellationToken)
    {
        for (var made = 0; made < MaxCheckpoints; made++)
        {
            if (!await WriteNextAsync(cancellationToken)) return true;
        }

        return false;
    }

    /// <summary>When the changed cases go into a checkpoint; in the past, or now, where the next sweep does it.</summary>
    public async Task<DateTimeOffset> NextAsync(CancellationToken cancellationToken = default)
    {
        var day = DayDue(time.GetUtcNow());
        return LondonTime.At(await checkpoints.LastDayAsync(cancellationToken) >= day ? day.AddDays(1) : day, Due);
    }

    /// <summary>The day for which there should be a checkpoint by now.</summary>
    private static DateOnly DayDue(DateTimeOffset now)
    {
        var today = LondonTime.Today(now);
        return now >= LondonTime.At(today, Due) ? today : today.AddDays(-1);
    }

    private async Task MarkEveryCaseAsync(CancellationToken cancellationToken)
    {
        foreach (var area in MappaAreas.All)
        {
            await changed.AddAsync(
                area.Code,
                await caseload.AllAsync(area.Code, cancellationToken).ToListAsync(cancellationToken),
                cancellationToken);
        }
    }

    /// <summary>Makes the next checkpoint, or takes in the one that someone else has made.</summary>
    /// <returns>Whether there may be more to checkpoint.</returns>
    private async Task<bool> WriteNextAsync(CancellationToken cancellationToken)
    {
        // The number before the entries: a host that sees a checkpoint in the index no longer sees its entries, and does not write the same
        // again.
        var newest = await checkpoints.NewestAsync(cancellationToken);
        var number = (newest?.Number ?? 0) + 1;
        var name = CheckpointDocument.NameOf(number);
        var isOurs = false;
        if (await checkpointStore.ReadAsync(name, cancellationToken) is not { } content)
        {
            var listed = await changed.ListAsync(MaxEntries, cancellationToken);
            if (listed.Count == 0) return false;
            var latest = await EntriesAsync(listed, cancellationToken);
            if (latest.Count == 0) return true;
            var previous = newest is null ? null : new PreviousDocument(CheckpointDocument.NameOf(newest.Number), newest.Sha256);
            var entry = await streams.HeadAsync(administrators.Log, cancellationToken) is { } last
                ? new AdministrationEntry(last.Sequence, last.Hash)
                : null;
            content = new CheckpointDocument(number, time.GetUtcNow(), previous, latest) { Administrators = entry }.ToBytes();
            isOurs = await checkpointStore.TryPutAsync(name, content, cancellationToken);
            if (!isOurs) content = await checkpointStore.ReadAsync(name, cancellationToken);
        }

        if (content is null) throw new InvalidOperationException("The checkpoint store lists a checkpoint that it does not return.");
        await TakeInAsync(number, content, isOurs, cancellationToken);
        return true;
    }

    /// <summary>The entries go before the checkpoint is in the index: one that is not there is taken in again.</summary>
    /// <param name="isOurs">Whether this run made it, of the records as they are.</param>
    private async Task TakeInAsync(long number, byte[] content, bool isOurs, CancellationToken cancellationToken)
    {
        var document = CheckpointDocument.TryRead(number, content);
        if (document is null) LogUnreadable(number);
        var latest = document?.Entries ?? [];
        var covered = new Dictionary<CaseReference, long>();
        foreach (var last in isOurs ? latest : await OnRecordAsync(latest, cancellationToken)) covered[last.Case] = last.Sequence;
        await changed.ClearAsync(covered, cancellationToken);
        await checkpoints.AddAsync(
            new(number, document?.At ?? time.GetUtcNow(), latest.Count, CheckpointDocument.HashOf(content)),
            cancellationToken);
        LogWritten(number, latest.Count);
    }

    /// <summary>
    /// Of a checkpoint that another run made, the heads of cases that wait and whose records have those very events. After a restore, or
    /// with another store's checkpoint store, the same number may be another event: such a case still has to go into a checkpoint.
    /// </summary>
    private async Task<IReadOnlyCollection<StreamEntry>> OnRecordAsync(
        IReadOnlyList<StreamEntry> latest,
        CancellationToken cancellationToken)
    {
        if (latest.Count == 0) return latest;
        var entries = (await changed.ListAsync(int.MaxValue, cancellationToken)).ToLookup(entry => entry.Reference, entry => entry.Version);
        var found = new ConcurrentBag<StreamEntry>();
        var options = new ParallelOptions { MaxDegreeOfParallelism = ReadsAtOnce, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(latest.Where(last => entries[last.Case].Any(version => version <= last.Sequence)), options,
            async (last, token) =>
        {
            if (await verifier.VerifyAsync(model.Stream(last.Case), new(last.Sequence, last.Hash), token) is null) found.Add(last);
        });
        return found;
    }

    private async Task<IReadOnlyList<StreamEntry>> EntriesAsync(
        IReadOnlyList<(CaseReference Reference, long Version)> listed,
        CancellationToken cancellationToken)
    {
        var latest = new ConcurrentBag<StreamEntry>();
        var behind = new ConcurrentDictionary<CaseReference, long>();
        var options = new ParallelOptions { MaxDegreeOfParallelism = ReadsAtOnce, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(listed, options, async (entry, token) =>
        {
            var last = await TryHeadAsync(entry.Reference, token);
            if (last is { } newest && newest.Sequence >= entry.Version) latest.Add(new(entry.Reference, newest.Sequence, newest.Hash));
            else behind[entry.Reference] = entry.Version;
        });
        if (!behind.IsEmpty) await ReportAsync(behind, cancellationToken);
        return [.. latest.OrderBy(last => last.Case.ToString(), StringComparer.Ordinal)];
    }

    /// <summary>The newest event; null also where what is stored of it cannot be read.</summary>
    private async Task<StreamHead?> TryHeadAsync(CaseReference reference, CancellationToken cancellationToken)
    {
        try
        {
            return await streams.HeadAsync(model.Stream(reference), cancellationToken);
        }
        catch (Exception exception) when (Unreadable.Is(exception))
        {
            return null;
        }
    }

    /// <summary>
    /// The records have less of these cases than the caseload has seen. Each is kept for the page and raises the alert before its entry
    /// goes, so that a run that dies rings again rather than never. The other cases still go into the checkpoint.
    /// </summary>
    private async Task ReportAsync(IReadOnlyDictionary<CaseReference, long> behind, CancellationToken cancellationToken)
    {
        foreach (var (reference, version) in behind)
        {
            await checkpoints.AddTruncatedStreamAsync(new(reference, version, time.GetUtcNow()), cancellationToken);
            LogBehind(reference);
        }

        metrics.DiscrepanciesFound(behind.Count);
        await changed.ClearAsync(behind, cancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Checkpoint {Number} holds the latest events of {Cases} cases.")]
    private partial void LogWritten(long number, int cases);

    [LoggerMessage(Level = LogLevel.Error, Message = "The document stored as checkpoint {Number} cannot be read. It stays; the next one follows it.")]
    private partial void LogUnreadable(long number);

    [LoggerMessage(Level = LogLevel.Error, Message = "The stream of case {Reference} is missing or shorter than it was.")]
    private partial void LogBehind(CaseReference reference);
}
