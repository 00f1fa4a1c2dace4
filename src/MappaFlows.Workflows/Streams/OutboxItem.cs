using System.Text.Json.Serialization;

namespace MappaFlows.Workflows.Streams;

/// <summary>Something to be done because of a commit. Done at least once; each kind is harmless when done twice.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(StartOrchestration), "start")]
[JsonDerivedType(typeof(SignalOrchestration), "signal")]
[JsonDerivedType(typeof(SubmitEmail), "email")]
[JsonDerivedType(typeof(RefreshCaseload), "caseload")]
public abstract record OutboxItem;
