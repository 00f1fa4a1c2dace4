namespace MappaFlows.Core.Level1Reviews;

/// <summary>The lead agency reviewed a level 1 case.</summary>
public sealed record Level1ReviewRecorded(int Number, Level1Review Review) : CaseEvent;
