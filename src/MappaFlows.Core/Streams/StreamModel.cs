namespace MappaFlows.Core.Streams;

/// <summary>A kind of stream: its events, how they make its state, and how a command is decided. Pure; built once.</summary>
public abstract class StreamModel<TState>
    where TState : class
{
    /// <summary>The table that holds these streams, a partition each.</summary>
    public abstract string Table { get; }

    public EventTypes Events { get; } = new();

    public StreamId Stream(string id) => new(Table, id);

    /// <summary>The state after one more event. Total: what was once accepted is always applied.</summary>
    /// <param name="state">The state so far; null before the first event.</param>
    public abstract TState Apply(TState? state, StreamEvent happened, EventInfo info);

    /// <summary>Decides a command whose texts are as the <see cref="TextPolicy"/> keeps them.</summary>
    /// <param name="state">The state; null where there is no such stream.</param>
    public Decision Decide(TState? state, Command command, DecisionContext context)
    {
        var (clean, problems) = CommandTexts.OfCommand(command);
        return CommandTexts.Judge(DecideClean(state, clean, context), problems);
    }

    /// <inheritdoc cref="Decide"/>
    protected abstract Decision DecideClean(TState? state, Command command, DecisionContext context);

    /// <summary>The state as it is stored.</summary>
    public abstract IReadOnlyList<StoredPart> Write(TState state);

    /// <returns>Null where a part is missing or of another version: the state is then rebuilt from the events.</returns>
    public abstract TState? Read(IReadOnlyDictionary<string, StoredPart> parts);

    /// <summary>Whether what is stored means this state. Members that the code has gained since it was stored make no difference.</summary>
    /// <returns>Null where older code stored it, so that it cannot be compared.</returns>
    public bool? Means(IReadOnlyDictionary<string, StoredPart> parts, TState state) => Read(parts) is { } stored
        ? Write(stored).SequenceEqual(Write(state))
        : null;

    /// <summary>The state after events that are not recorded yet.</summary>
    /// <param name="version">The number of events before them.</param>
    public TState ApplyAll(TState state, long version, IEnumerable<StreamEvent> events, DecisionContext context)
    {
        foreach (var happened in events) state = Apply(state, happened, context.Info(++version));
        return state;
    }
}
