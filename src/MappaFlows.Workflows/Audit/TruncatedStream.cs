namespace MappaFlows.Workflows.Audit;

/// <summary>A case whose stream was gone, or had fewer events than the caseload had seen, when its checkpoint was to be written.</summary>
/// <param name="Version">How many events it should have, at least.</param>
/// <param name="At">When that was found.</param>
public sealed record TruncatedStream(CaseReference Case, long Version, DateTimeOffset At);
