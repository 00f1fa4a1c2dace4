namespace MappaFlows.Core.Cases;

/// <summary>Something that a person, or the clock, wants done in a case. Fields may be missing: the decision says which.</summary>
public abstract record CaseCommand : Command;

/// <summary>The clock: do whatever is due by now in one part of the case, or with null in all of it.</summary>
public sealed record DoWhatIsDue(CasePart? Part) : CaseCommand;
