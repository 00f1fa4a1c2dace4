using Microsoft.Extensions.Logging;

namespace MappaFlows.DurableTask.Embedded.Engine;

/// <summary>What the engine logs: ids, never inputs or results.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "The engine has taken the lease, term {Term}: {Ready} instances in flight, {Messages} messages on their way, {Quarantined} quarantined.")]
    public static partial void LeaseTaken(ILogger logger, long term, int ready, int messages, int quarantined);

    [LoggerMessage(2, LogLevel.Information, "Another host has the lease; this one stands by.")]
    public static partial void StandingBy(ILogger logger);

    [LoggerMessage(3, LogLevel.Warning, "The lease was lost to another host; what was in flight is left to it.")]
    public static partial void LeaseLost(ILogger logger);

    [LoggerMessage(4, LogLevel.Warning, "The store did not answer, attempt {Attempt}; trying again.")]
    public static partial void StoreUnavailable(ILogger logger, int attempt, Exception exception);

    [LoggerMessage(5, LogLevel.Error, "Instance {InstanceId} is quarantined: it failed outside of its own code.")]
    public static partial void Quarantined(ILogger logger, string instanceId, Exception exception);

    [LoggerMessage(6, LogLevel.Error, "Row {Row} is quarantined: it cannot be read, or its activity never ends.")]
    public static partial void MessageQuarantined(ILogger logger, string row, Exception exception);

    [LoggerMessage(7, LogLevel.Warning, "Activity {Activity} #{TaskId} of instance {InstanceId} failed.")]
    public static partial void ActivityFailed(ILogger logger, string activity, int taskId, string instanceId, Exception exception);

    [LoggerMessage(8, LogLevel.Error, "Instance {InstanceId} has failed: {ErrorType}.")]
    public static partial void InstanceFailed(ILogger logger, string instanceId, string errorType);

    [LoggerMessage(9, LogLevel.Error, "The engine stopped working and starts again.")]
    public static partial void EngineFailed(ILogger logger, Exception exception);

    [LoggerMessage(10, LogLevel.Warning, "{Count} activities did not end in time; they run again at the next start.")]
    public static partial void ActivitiesLeft(ILogger logger, int count);

    [LoggerMessage(11, LogLevel.Error, "The code of instance {InstanceId} ({Orchestrator}) has held its thread for {Seconds} s. Other orchestrations wait behind it. Orchestration code must not block, sleep or compute for long.")]
    public static partial void Blocked(ILogger logger, string instanceId, string orchestrator, int seconds);

    [LoggerMessage(12, LogLevel.Warning, "Instance {InstanceId} has the version '{Version}'; this worker ('{WorkerVersion}') does not run it. Its messages are kept.")]
    public static partial void VersionLeft(ILogger logger, string instanceId, string version, string workerVersion);
}
