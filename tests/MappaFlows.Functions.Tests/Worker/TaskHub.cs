using System.Collections.Concurrent;
using Grpc.Core;
using Microsoft.DurableTask.Protobuf;

namespace MappaFlows.Functions.Tests.Worker;

/// <summary>What a worker's durable client talks to. It keeps what was to be started and starts nothing.</summary>
internal sealed class TaskHub : TaskHubSidecarService.TaskHubSidecarServiceBase
{
    private readonly ConcurrentDictionary<string, CreateInstanceRequest> _started = new();

    /// <summary>What was to be started, by its id.</summary>
    public IReadOnlyDictionary<string, CreateInstanceRequest> Started => _started;

    public override Task<CreateInstanceResponse> StartInstance(CreateInstanceRequest request, ServerCallContext context)
    {
        _started[request.InstanceId] = request;
        return Task.FromResult(new CreateInstanceResponse { InstanceId = request.InstanceId });
    }
}
