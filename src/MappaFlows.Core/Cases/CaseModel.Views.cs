namespace MappaFlows.Core.Cases;

/// <summary>What each reader sees of a case.</summary>
public sealed partial class CaseModel
{
    /// <summary>How much of the case the person may read: the most that any feature gives them; null for nothing at all.</summary>
    public CaseScope? ScopeOf(Person reader, CaseState state) => _readers.Select(scopeOf => scopeOf(reader, state)).Max();

    /// <summary>Who may see the event. What was done about an obligation is seen by those who see the obligation.</summary>
    public CaseScope ScopeOf(StreamEvent happened) => happened switch
    {
        ObligationReminded { Kind: var kind } => ScopeOf(kind),
        ObligationEscalated { Kind: var kind } => ScopeOf(kind),
        ObligationStillOverdue { Kind: var kind } => ScopeOf(kind),
        _ => _events[happened.GetType()].Scope,
    };

    /// <summary>The case as this person may read it; null where they have no part in it.</summary>
    /// <param name="timetable">The whole of it.</param>
    public CaseView? View(Person reader, Timetable timetable)
    {
        var whole = timetable.Case;
        if (ScopeOf(reader, whole) is not { } scope) return null;
        if (scope == CaseScope.Whole) return new(this, reader, scope, timetable);

        var narrowed = CaseKernel.Narrow(whole, scope);
        foreach (var part in _parts) narrowed = part.Narrow(narrowed, whole, reader, scope);
        return new(this, reader, scope, new(narrowed, timetable.Obligations.Where(obligation => Shows(obligation, narrowed, scope))));
    }

    private bool Shows(Obligation obligation, CaseState narrowed, CaseScope scope)
    {
        var row = RowOf(obligation.Kind);
        return scope >= row.Scope || row.Shows?.Invoke(obligation, narrowed) == true;
    }

    private CaseScope ScopeOf(ObligationKind kind) => RowOf(kind).Scope;

    private ObligationRow RowOf(ObligationKind kind) => _obligations.Find(row => row.Kinds.Contains(kind))
        ?? throw new InvalidOperationException($"No feature has registered the obligation {kind}.");
}
