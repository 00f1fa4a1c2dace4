using MappaFlows.DurableTask.Embedded.Engine.History;
using MappaFlows.Tables;

namespace MappaFlows.DurableTask.Embedded.Engine.Storage;

/// <summary>Turns as rows: one each, or several where a turn is larger than a row may be.</summary>
internal static class TurnRows
{
    // A row may be 1 MiB. One event is at most a payload and a failure's text, which the engine's limit keeps well below the rest.
    private const int PartBytes = 500_000;
    private const int EventOverhead = 256;

    /// <summary>Adds the rows of a turn.</summary>
    /// <returns>How many there are.</returns>
    public static int Add(ChangeSet changes, string instanceId, int generation, int firstRow, Turn turn)
    {
        var row = firstRow;
        var from = 0;
        do
        {
            var to = from;
            for (var size = 0; to < turn.Events.Count && (to == from || size + SizeOf(turn.Events[to]) <= PartBytes); to++)
                size += SizeOf(turn.Events[to]);
            var part = from == 0 && to == turn.Events.Count ? turn.Events : [.. turn.Events.Skip(from).Take(to - from)];
            var properties = new Dictionary<string, object>(3) { ["Time"] = new DateTimeOffset(turn.Time) };
            if (to < turn.Events.Count)
                properties["More"] = true;
            properties.PutBytes("Events", TurnCodec.Encode(part));
            changes.Insert(Keys.Turn(instanceId, generation, row++), properties);
            from = to;
        }
        while (from < turn.Events.Count);
        return row - firstRow;
    }

    /// <summary>The stored turns of a run, and the number of their rows.</summary>
    /// <exception cref="HistoryCorruptException">A row is missing or cannot be read.</exception>
    public static async Task<(List<Turn> Turns, int Rows)> ReadAsync(
        ITableStore store, string table, string instanceId, int generation, CancellationToken cancellationToken)
    {
        var turns = new List<Turn>();
        List<HistoryEvent>? unfinished = null;
        var rows = 0;
        var range = RowRange.Prefix(Keys.Turns(instanceId, generation));
        await foreach (var entity in store.ReadAllAsync(table, Keys.Partition, range, cancellationToken))
        {
            if (entity.Row != Keys.Turn(instanceId, generation, rows))
                throw new HistoryCorruptException($"Row {rows} of the history is missing.");
            rows++;
            var events = TurnCodec.Decode(entity.Bytes("Events") ?? throw new HistoryCorruptException("A turn has no events."));
            if (unfinished is not null)
            {
                unfinished.AddRange(events);
                events = unfinished;
            }
            unfinished = entity.Get("More", false) ? events : null;
            if (unfinished is null)
                turns.Add(new Turn(entity.Need<DateTimeOffset>("Time").UtcDateTime, events));
        }
        return unfinished is null ? (turns, rows) : throw new HistoryCorruptException("The last turn of the history has no end.");
    }

    private static int SizeOf(HistoryEvent e) => EventOverhead + e switch
    {
        TaskCompleted x => x.Result?.Length ?? 0,
        TaskScheduled x => x.Input?.Length ?? 0,
        EventRaised x => x.Payload?.Length ?? 0,
        ExecutionCompleted x => (x.Output?.Length ?? 0) + (x.Failure is null ? 0 : 20_000),
        TaskFailed => 20_000,
        _ => 0,
    };
}
