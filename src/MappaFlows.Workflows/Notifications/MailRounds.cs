using System.Text.Json;
using MappaFlows.Workflows.Orchestrations;
using Microsoft.DurableTask.Client;

namespace MappaFlows.Workflows.Notifications;

/// <summary>Sees to it that waiting emails are looked after. What it misses (the orchestration may be just ending), the sweep finds.</summary>
public sealed class MailRounds(IDurableTaskClientProvider orchestrations, PostOffice postOffice, TimeProvider time)
{
    /// <summary>Begins the rounds where none are made.</summary>
    /// <returns>False where they are made already.</returns>
    public Task<bool> BeginAsync(CancellationToken cancellationToken = default) =>
        orchestrations.GetClient().StartOnceAsync(nameof(WaitingEmails), WaitingEmails.InstanceId, null, cancellationToken);

    /// <summary>An email was put by. The rounds are begun, or woken where its turn comes before they look again.</summary>
    public async Task TellAsync(CancellationToken cancellationToken = default)
    {
        var rounds = await orchestrations.GetClient().GetInstanceAsync(WaitingEmails.InstanceId, getInputsAndOutputs: true, cancellationToken);
        if (rounds is null or { IsCompleted: true } && await BeginAsync(cancellationToken)) return;
        if (!await LookInTimeAsync(rounds, cancellationToken))
            await orchestrations.GetClient().WakeAsync(WaitingEmails.InstanceId, cancellationToken);
    }

    /// <summary>Whether the rounds are waiting, and not beyond the next turn. While a service lets nothing through, that is every email's.</summary>
    private async Task<bool> LookInTimeAsync(OrchestrationMetadata? rounds, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return rounds?.SerializedCustomStatus is { } status
            && JsonSerializer.Deserialize<WatchStatus>(status, JsonSerializerOptions.Web)?.LooksAgainAt is { } lookAgainAt
            && lookAgainAt > now
            && (lookAgainAt <= now + SendWaitingEmails.ShortestWait || lookAgainAt <= await postOffice.NextTurnAsync(cancellationToken));
    }
}
