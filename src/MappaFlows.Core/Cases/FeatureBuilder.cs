namespace MappaFlows.Core.Cases;

/// <summary>Registers one feature of a case, line by line.</summary>
/// <typeparam name="TPart">The feature's part of the state.</typeparam>
public sealed class FeatureBuilder<TPart>
    where TPart : class, new()
{
    private readonly CaseModel _model;

    internal FeatureBuilder(CaseModel model) => _model = model;

    /// <summary>The command that opens a case, and the event that begins it.</summary>
    public FeatureBuilder<TPart> Opens<TCommand, TEvent>(
        Func<CaseState?, TCommand, CaseContext, Decision> decide,
        Func<TEvent, EventInfo, CaseState> begin,
        CaseScope scope)
        where TCommand : CaseCommand
        where TEvent : CaseEvent
    {
        _model.AddOpening(decide);
        _model.Add(scope, begin);
        return this;
    }

    public FeatureBuilder<TPart> Command<TCommand>(
        Func<CaseState, TCommand, CaseContext, Decision> decide,
        Permission permission,
        WhenRefused<TCommand>? whenRefused = null)
        where TCommand : CaseCommand => Command(decide, (person, state, _) => permission(person, state), whenRefused);

    public FeatureBuilder<TPart> Command<TCommand>(Func<CaseState, TCommand, Decision> decide, Permission permission)
        where TCommand : CaseCommand => Command<TCommand>((state, command, _) => decide(state, command), permission);

    /// <param name="permission">Depends on the command as well, such as on the disclosure that it names.</param>
    /// <param name="whenRefused">What becomes of a refusal; null where it keeps no record.</param>
    public FeatureBuilder<TPart> Command<TCommand>(
        Func<CaseState, TCommand, CaseContext, Decision> decide,
        Permission<TCommand> permission,
        WhenRefused<TCommand>? whenRefused = null)
        where TCommand : CaseCommand
    {
        _model.Add(decide, permission, whenRefused);
        return this;
    }

    /// <summary>An event that changes the feature's own part.</summary>
    public FeatureBuilder<TPart> Event<TEvent>(Func<TPart, TEvent, EventInfo, TPart> apply, CaseScope scope)
        where TEvent : CaseEvent
    {
        _model.Add<TEvent>(scope);
        return On(apply);
    }

    /// <summary>An event that also changes the case's stage or level.</summary>
    public FeatureBuilder<TPart> Event<TEvent>(Func<CaseState, TEvent, EventInfo, CaseState> apply, CaseScope scope)
        where TEvent : CaseEvent
    {
        _model.Add<TEvent>(scope);
        _model.On(apply);
        return this;
    }

    /// <summary>An event that is kept and changes nothing.</summary>
    public FeatureBuilder<TPart> Event<TEvent>(CaseScope scope)
        where TEvent : CaseEvent
    {
        _model.Add<TEvent>(scope);
        return this;
    }

    /// <summary>Follows an event of a feature that was registered before. Reads the event, never another part.</summary>
    public FeatureBuilder<TPart> On<TEvent>(Func<TPart, TEvent, EventInfo, TPart> apply)
        where TEvent : CaseEvent
    {
        _model.On<TEvent>((state, happened, info) => state.With(apply(state.Part<TPart>(), happened, info)));
        return this;
    }

    /// <param name="of">What the case owes of these kinds as it stands.</param>
    /// <param name="kinds">All of the kinds that it gives.</param>
    /// <param name="expire">What follows when the time of one is over; null where none expires.</param>
    /// <param name="shows">Whether a reader of less than <paramref name="scope"/> sees one all the same; null for never.</param>
    /// <param name="scope">Who sees them.</param>
    public FeatureBuilder<TPart> Obligations(
        Func<CaseState, CaseClocks, IEnumerable<Obligation>> of,
        IReadOnlyList<ObligationKind> kinds,
        Expire? expire = null,
        Func<Obligation, CaseState, bool>? shows = null,
        CaseScope scope = CaseScope.Whole)
    {
        _model.Add(of, kinds, scope, expire, shows);
        return this;
    }

    /// <summary>What the feature lets someone read of the case; null for nothing.</summary>
    public FeatureBuilder<TPart> Readers(Func<Person, CaseState, CaseScope?> scopeOf)
    {
        _model.AddReaders(scopeOf);
        return this;
    }

    /// <summary>Ends what is still open when the case closes.</summary>
    public FeatureBuilder<TPart> BeforeClosing(Func<CaseState, IEnumerable<CaseEvent>> events)
    {
        _model.AddBeforeClosing(events);
        return this;
    }
}
