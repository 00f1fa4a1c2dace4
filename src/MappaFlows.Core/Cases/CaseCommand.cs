namespace MappaFlows.Core.Cases;

/// <summary>Something that a person, or the clock, wants done in a case. Fields may be missing: the decision says which.</summary>
public abstract record CaseCommand : Command;

/// <summary>The clock: do what is due by now, of one obligation, of one kind, or (both null) of the whole case.</summary>
public sealed record DoWhatIsDue(ObligationKind? Kind = null, int? Number = null) : CaseCommand
{
    internal bool Means(Obligation obligation) =>
        (Kind is null || obligation.Kind == Kind) && (Number is null || obligation.Number == Number);
}
