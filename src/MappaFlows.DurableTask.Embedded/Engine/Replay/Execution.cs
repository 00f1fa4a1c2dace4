namespace MappaFlows.DurableTask.Embedded.Engine.Replay;

/// <summary>What one run of an instance is given. Every ContinueAsNew and every reuse of the id makes a new execution.</summary>
/// <param name="Id">Unique to the execution; the seed of its ids.</param>
internal sealed record Execution(string Name, string InstanceId, Guid Id, string Version, ParentLink? Parent, byte[]? Input);

/// <summary>Which step of which execution waits for the outcome of a sub-orchestration.</summary>
internal sealed record ParentLink(string Name, string InstanceId, Guid Execution, int TaskId);
