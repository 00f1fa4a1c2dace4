using System.Text.Json;
using Microsoft.DurableTask.Client;

namespace MappaFlows.Workflows.Email;

/// <summary>
/// Starts or wakes <see cref="SendEmailQueue"/> when emails wait. What it misses (the orchestration may be just ending), the sweep finds.
/// </summary>
public sealed class EmailQueueScheduler(IDurableTaskClientProvider orchestrations, EmailSender emailSender, TimeProvider time)
{
    /// <summary>Starts the orchestration.</summary>
    /// <returns>False if it runs already.</returns>
    public Task<bool> StartAsync(CancellationToken cancellationToken = default) =>
        orchestrations.GetClient().StartOnceAsync(nameof(SendEmailQueue), SendEmailQueue.InstanceId, null, cancellationToken);

    /// <summary>An email was queued. Starts the orchestration, or wakes it if it would look too late.</summary>
    public async Task WakeAsync(CancellationToken cancellationToken = default)
    {
        var running = await orchestrations.GetClient().GetInstanceAsync(
            SendEmailQueue.InstanceId,
            getInputsAndOutputs: true,
            cancellationToken);
        if (running is null or { IsCompleted: true } && await StartAsync(cancellationToken)) return;
        if (!await LookInTimeAsync(running, cancellationToken))
            await orchestrations.GetClient().WakeAsync(SendEmailQueue.InstanceId, cancellationToken);
    }

    /// <summary>
    /// Whether the orchestration waits, and looks again before the next email is due. During a pause of the service no email is due
    /// earlier.
    /// </summary>
    private async Task<bool> LookInTimeAsync(OrchestrationMetadata? running, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return running?.SerializedCustomStatus is { } status
            && JsonSerializer.Deserialize<NextStep>(status, JsonSerializerOptions.Web)?.At is { } lookAgainAt
            && lookAgainAt > now
            && (lookAgainAt <= now + SendQueuedEmails.MinWait || lookAgainAt <= await emailSender.NextSendAtAsync(cancellationToken));
    }
}
