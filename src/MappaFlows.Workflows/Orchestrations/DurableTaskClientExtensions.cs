using DurableTask.Core.Exceptions;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace MappaFlows.Workflows.Orchestrations;

/// <summary>Starts and wakes orchestrations so that doing it twice, or too late, does no harm on any host.</summary>
public static class DurableTaskClientExtensions
{
    /// <summary>Starts an instance, unless one with the id runs.</summary>
    /// <returns>False where one runs.</returns>
    public static async Task<bool> StartOnceAsync(
        this DurableTaskClient client, string name, string instanceId, object? input, CancellationToken cancellationToken = default)
    {
        // Without these statuses some hosts replace an instance that runs.
        var options = new StartOrchestrationOptions(instanceId).WithDedupeStatuses(
            OrchestrationRuntimeStatus.Pending, OrchestrationRuntimeStatus.Running, OrchestrationRuntimeStatus.Suspended);
        try
        {
            await client.ScheduleNewOrchestrationInstanceAsync(name, input, options, cancellationToken);
            return true;
        }
        catch (OrchestrationAlreadyExistsException)
        {
            return false;
        }
    }

    /// <summary>Does something to an instance that has not ended.</summary>
    /// <returns>False where there is none; some hosts answer that with an error of their own.</returns>
    public static async Task<bool> WhereLiveAsync(
        this DurableTaskClient client, string instanceId, Func<Task> act, CancellationToken cancellationToken = default)
    {
        try
        {
            await act();
            return true;
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            if (await client.GetInstanceAsync(instanceId, cancellationToken) is { IsCompleted: false }) throw;
            return false;
        }
    }

    /// <summary>Wakes an instance, where there is one.</summary>
    public static Task WakeAsync(this DurableTaskClient client, string instanceId, CancellationToken cancellationToken = default) =>
        client.WhereLiveAsync(
            instanceId,
            () => client.RaiseEventAsync(instanceId, WakeUpSignal.Name, cancellation: cancellationToken),
            cancellationToken);
}
