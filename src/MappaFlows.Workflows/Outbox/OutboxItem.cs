using System.Text.Json.Serialization;
using MappaFlows.Workflows.Notifications;

namespace MappaFlows.Workflows.Outbox;

/// <summary>Something to be done because of a commit. Done at least once; each kind is harmless when done twice.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(StartOrchestration), "start")]
[JsonDerivedType(typeof(RingDoorbell), "ring")]
[JsonDerivedType(typeof(SendNotification), "send")]
[JsonDerivedType(typeof(RefreshCaseload), "caseload")]
public abstract record OutboxItem;

/// <summary>Starts an orchestration of the case.</summary>
public sealed record StartOrchestration(string Name, string InstanceId, int? Disclosure = null, int? Request = null) : OutboxItem;

/// <summary>Tells an orchestration to read the case again. It carries nothing.</summary>
public sealed record RingDoorbell(string InstanceId) : OutboxItem;

/// <summary>Hands a notification to the post office.</summary>
public sealed record SendNotification(Notification Notification) : OutboxItem;

/// <summary>Brings the case's rows in the caseload up to date.</summary>
public sealed record RefreshCaseload : OutboxItem;
