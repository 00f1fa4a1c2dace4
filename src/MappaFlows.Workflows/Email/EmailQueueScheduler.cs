using System.Text.Json;
using Microsoft.DurableTask.Client;

namespace MappaFlows.Workflows.Email;

/// <summary>
/// Sees to it that waiting emails are looked after. What it misses (the orchestration may be just ending), the sweep finds.
/// </summary>
public sealed class EmailQueueScheduler(IDurableTaskClientProvider orchestrations, EmailSender emailSender, TimeProvider time)
{
    /// <summary>Begins the rounds where none are made.</summary>
    /// <returns>False where they are made already.</returns>
    public Task<bool> BeginAsync(CancellationToken cancellationToken = default) =>
        orchestrations.GetClient().StartOnceAsync(nameof(SendEmailQueue), SendEmailQueue.InstanceId, null, cancellationToken);

    /// <summary>An email was put by. The rounds are begun, or woken where its turn comes before they look again.</summary>
    public async Task WakeAsync(CancellationToken cancellationToken = default)
    {
        var rounds = await orchestrations.GetClient().GetInstanceAsync(
            SendEmailQueue.InstanceId,
            getInputsAndOutputs: true,
            cancellationToken);
        if (rounds is null or { IsCompleted: true } && await BeginAsync(cancellationToken)) return;
        if (!await LookInTimeAsync(rounds, cancellationToken))
            await orchestrations.GetClient().WakeAsync(SendEmailQueue.InstanceId, cancellationToken);
    }

    /// <summary>
    /// Whether the rounds are waiting, and not beyond the next turn. While a service lets nothing through, that is every email's.
    /// </summary>
    private async Task<bool> LookInTimeAsync(OrchestrationMetadata? rounds, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return rounds?.SerializedCustomStatus is { } status
            && JsonSerializer.Deserialize<NextStep>(status, JsonSerializerOptions.Web)?.At is { } lookAgainAt
            && lookAgainAt > now
            && (lookAgainAt <= now + SendQueuedEmails.MinWait || lookAgainAt <= await emailSender.NextSendAtAsync(cancellationToken));
    }
}
