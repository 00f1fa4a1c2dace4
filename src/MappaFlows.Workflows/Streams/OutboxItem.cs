using System.Text.Json.Serialization;

namespace MappaFlows.Workflows.Streams;

/// <summary>Something to be done because of a commit. Done at least once; each kind is harmless when done twice.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(StartOrchestration), "start")]
[JsonDerivedType(typeof(SignalOrchestration), "signal")]
[JsonDerivedType(typeof(SubmitEmail), "email")]
[JsonDerivedType(typeof(RefreshCaseload), "caseload")]
public abstract record OutboxItem;

/// <summary>Starts an orchestration of the case.</summary>
public sealed record StartOrchestration(string Name, string InstanceId, int? Disclosure = null, int? Request = null) : OutboxItem;

/// <summary>Tells an orchestration to read the case again. It carries nothing.</summary>
public sealed record SignalOrchestration(string InstanceId) : OutboxItem;

/// <summary>Hands a notification to the post office.</summary>
public sealed record SubmitEmail(EmailRequest EmailRequest) : OutboxItem;

/// <summary>Brings the case's rows in the caseload up to date.</summary>
public sealed record RefreshCaseload : OutboxItem;
