using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Worker;
using Microsoft.Extensions.Logging;

namespace MappaFlows.DurableTask.Contract;

/// <summary>What a test asks of the engine that it starts.</summary>
/// <param name="Register">Names the orchestrators and activities. A restart calls it again.</param>
public sealed record EngineSetup(Action<DurableTaskRegistry> Register)
{
    /// <summary>The worker's options, for instance its versioning.</summary>
    public Action<DurableTaskWorkerOptions> ConfigureWorker { get; init; } = _ => { };

    /// <summary>The client's options, for instance its default version.</summary>
    public Action<DurableTaskClientOptions> ConfigureClient { get; init; } = _ => { };

    /// <summary>Where the worker and the orchestrators log to.</summary>
    public ILoggerProvider? Logs { get; init; }
}
