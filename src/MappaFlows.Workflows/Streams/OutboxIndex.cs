using System.Globalization;
using MappaFlows.Tables;

namespace MappaFlows.Workflows.Streams;

/// <summary>
/// Which streams may have something in their outbox. Written before the commit and removed after the last item is done: a crash at any
/// moment leaves at most an entry too many, so that the sweep finds everything without looking at every stream.
/// </summary>
/// <remarks>
/// An entry names the version that the commit will make. A reader that finds an empty outbox before that version exists must leave the
/// entry alone: the commit may be on its way.
/// </remarks>
public sealed class OutboxIndex(ITableStore store, UnreadableRows rows, TimeProvider time) : IStoredRows
{
    private const string Partition = "outbox";

    /// <summary>The length of a version in a row, with its hyphen.</summary>
    private const int VersionLength = 11;

    /// <summary>
    /// How long a commit can be on its way at the very most. An entry whose version is not there by then was left by a crash.
    /// </summary>
    private static readonly TimeSpan MaxCommitTime = TimeSpan.FromHours(1);

    /// <param name="stream">The stream.</param>
    /// <param name="version">The version that the commit makes.</param>
    public async Task AddAsync(StreamId stream, long version, CancellationToken cancellationToken) =>
        await store.CommitAsync(
            TableNames.OutboxIndex,
            Partition,
            [new Upsert(Row(stream, version), new Dictionary<string, object> { ["Since"] = time.GetUtcNow() })],
            cancellationToken);

    /// <summary>Removes every entry of the stream whose commit is done or was never made.</summary>
    /// <param name="entries">The entries, as they were read before the outbox was.</param>
    /// <param name="version">The stream's newest sequence, as it was read before the outbox was found empty.</param>
    public async Task ClearAsync(IReadOnlyList<OutboxEntry> entries, long version, CancellationToken cancellationToken)
    {
        var over = time.GetUtcNow() - MaxCommitTime;
        List<Change> changes =
        [
            .. entries.Where(
                entry => entry.Version <= version || entry.Since < over).Select(entry => new Delete(Row(entry.Stream, entry.Version))),
        ];
        foreach (var chunk in changes.Chunk(TableLimits.ChangesPerCommit))
            await store.CommitAsync(TableNames.OutboxIndex, Partition, chunk, cancellationToken);
    }

    /// <summary>The entries of one stream.</summary>
    public async Task<IReadOnlyList<OutboxEntry>> FindAsync(StreamId stream, CancellationToken cancellationToken)
    {
        var page = await store.QueryAsync(
            TableNames.OutboxIndex,
            Partition,
            RowRange.Prefix($"{stream.Table}-{stream.Id}-"),
            TableLimits.EntitiesPerPage,
            cancellationToken: cancellationToken);
        return [.. rows.Read(TableNames.OutboxIndex, page.Entities, Of)];
    }

    /// <summary>Up to <paramref name="take"/> entries.</summary>
    public async Task<IReadOnlyList<OutboxEntry>> ListAsync(int take, CancellationToken cancellationToken)
    {
        var page = await store.QueryAsync(TableNames.OutboxIndex, Partition, RowRange.All, take, cancellationToken: cancellationToken);
        return [.. rows.Read(TableNames.OutboxIndex, page.Entities, Of)];
    }

    /// <summary>Reads the entries, so that those are known which cannot be read.</summary>
    public async Task ReadAllAsync(CancellationToken cancellationToken) => await ListAsync(TableLimits.EntitiesPerPage, cancellationToken);

    private static string Row(StreamId stream, long version) => string.Create(CultureInfo.InvariantCulture, $"{stream.Table}-{stream.Id}-{version:D10}");

    private static OutboxEntry Of(Entity entity) => new(
        StreamOf(entity.Row[..^VersionLength]),
        long.Parse(entity.Row.AsSpan()[^(VersionLength - 1)..], CultureInfo.InvariantCulture),
        (DateTimeOffset)entity.Properties["Since"]);

    /// <summary>A table's name has no hyphen.</summary>
    private static StreamId StreamOf(string text)
    {
        var hyphen = text.IndexOf('-', StringComparison.Ordinal);
        return new(text[..hyphen], text[(hyphen + 1)..]);
    }
}

/// <summary>A stream with an entry, for which version, and since when.</summary>
public sealed record OutboxEntry(StreamId Stream, long Version, DateTimeOffset Since);
