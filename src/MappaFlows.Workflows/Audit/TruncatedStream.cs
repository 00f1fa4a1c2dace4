namespace MappaFlows.Workflows.Audit;

/// <summary>A case whose record had fewer events than the caseload had seen of it when it was to be anchored, or was gone.</summary>
/// <param name="Version">How many events it should have, at least.</param>
/// <param name="At">When that was found.</param>
public sealed record TruncatedStream(CaseReference Case, long Version, DateTimeOffset At);
