namespace MappaFlows.Core.Level1Reviews;

/// <summary>Records the lead agency's review of a level 1 case.</summary>
public sealed record RecordLevel1Review(Level1Review Review) : CaseCommand;
