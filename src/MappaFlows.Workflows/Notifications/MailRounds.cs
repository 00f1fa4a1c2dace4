using System.Text.Json;
using MappaFlows.Durable;
using MappaFlows.Workflows.Orchestrations;

namespace MappaFlows.Workflows.Notifications;

/// <summary>Sees to it that waiting emails are looked after. What it misses (the orchestration may be just ending), the sweep finds.</summary>
public sealed class MailRounds(IOrchestrationClient orchestrations, PostOffice postOffice, TimeProvider time)
{
    /// <summary>Begins the rounds where none are made.</summary>
    /// <returns>False where they are made already.</returns>
    public async Task<bool> BeginAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            await orchestrations.ScheduleNewOrchestrationInstanceAsync(nameof(WaitingEmails), null, new(WaitingEmails.InstanceId), cancellationToken);
            return true;
        }
        catch (OrchestrationAlreadyExistsException)
        {
            return false;
        }
    }

    /// <summary>An email was put by. The rounds are begun, or woken where its turn comes before they look again.</summary>
    public async Task TellAsync(CancellationToken cancellationToken = default)
    {
        var rounds = await orchestrations.GetInstanceAsync(WaitingEmails.InstanceId, cancellationToken);
        if (rounds is null or { IsCompleted: true } && await BeginAsync(cancellationToken)) return;
        if (!await LookInTimeAsync(rounds, cancellationToken))
            await orchestrations.RaiseEventAsync(WaitingEmails.InstanceId, Doorbell.Name, cancellationToken: cancellationToken);
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
