using System.Text.Json;

namespace MappaFlows.Core.Cases;

/// <summary>What a feature can register.</summary>
public sealed partial class CaseModel
{
    /// <summary>
    /// A feature with a state of its own. Raise the version when the shape or the meaning of the state changes: cases with an older one are
    /// then rebuilt from their events.
    /// </summary>
    /// <param name="name">The name it is stored under; null for that of its type, without <c>State</c>.</param>
    /// <param name="narrow">What readers of less than the whole case see of it; null for nothing.</param>
    public FeatureBuilder<TPart> State<TPart>(int version, string? name = null, Narrow<TPart>? narrow = null)
        where TPart : class, new()
    {
        var lasting = name ?? typeof(TPart).Name.Replace("State", "", StringComparison.Ordinal);
        if (lasting == CaseKernel.PartName || _parts.Exists(part => part.Name == lasting)) throw new ArgumentException($"There is a part {lasting} already.", nameof(name));
        _parts.Add(new(
            lasting,
            version,
            state => JsonSerializer.Serialize(state.Part<TPart>(), StreamJson.Options),
            (state, json) => state.With(JsonSerializer.Deserialize<TPart>(json, StreamJson.Options)!),
            (narrowed, whole, reader, scope) =>
                narrow?.Invoke(whole.Part<TPart>(), whole, reader, scope) is { } part ? narrowed.With(part) : narrowed));
        return new(this);
    }

    internal void Add<TEvent>(CaseScope scope, Func<TEvent, EventInfo, CaseState>? begin = null)
        where TEvent : CaseEvent
    {
        Events.Add<TEvent>();
        _events.Add(typeof(TEvent), new(scope, begin is null ? null : (happened, info) => begin((TEvent)happened, info)));
    }

    internal void On<TEvent>(Func<CaseState, TEvent, EventInfo, CaseState> apply)
        where TEvent : CaseEvent
    {
        if (!_events.TryGetValue(typeof(TEvent), out var row)) throw new InvalidOperationException($"No feature before this one has the event {typeof(TEvent).Name}.");
        row.Applies.Add((state, happened, info) => apply(state, (TEvent)happened, info));
    }

    internal void AddOpening<TCommand>(Func<CaseState?, TCommand, CaseContext, Decision> decide)
        where TCommand : CaseCommand => _commands.Add(typeof(TCommand), new(
            (state, command, context) => decide(state, (TCommand)command, context),
            (_, _, _) => false,
            (state, command, context) => decide(state, (TCommand)command, context),
            WhenRefused: null));

    internal void Add<TCommand>(
        Func<CaseState, TCommand, CaseContext, Decision> decide,
        Permission<TCommand> permission,
        WhenRefused<TCommand>? whenRefused)
        where TCommand : CaseCommand => _commands.Add(typeof(TCommand), new(
            Open: null,
            (person, state, command) => permission(person, state, (TCommand)command),
            (state, command, context) => decide(state, (TCommand)command, context),
            whenRefused is null ? null : (state, command, context, refused) => whenRefused(state, (TCommand)command, context, refused)));

    internal void Add(
        Func<CaseState, CaseClocks, IEnumerable<Obligation>> of,
        IReadOnlyList<ObligationKind> kinds,
        CaseScope scope,
        Expire? expire,
        Func<Obligation, CaseState, bool>? shows)
    {
        if (expire is null && kinds.Any(kind => kind.Steps.HasFlag(ObligationSteps.Expire)))
            throw new ArgumentException("An obligation that expires needs what follows then.", nameof(expire));
        _obligations.Add(new(of, kinds, scope, expire, shows));
    }

    internal void AddReaders(Func<Person, CaseState, CaseScope?> scopeOf) => _readers.Add(scopeOf);

    internal void AddBeforeClosing(Func<CaseState, IEnumerable<CaseEvent>> events) => _beforeClosing.Add(events);
}
