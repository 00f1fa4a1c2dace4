using MappaFlows.Durable;
using MappaFlows.Workflows.Orchestrations;

namespace MappaFlows.Workflows.Notifications;

/// <summary>Sees to it that waiting emails are looked after. What it misses (the orchestration may be just ending), the sweep finds.</summary>
public sealed class MailRounds(IOrchestrationClient orchestrations)
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

    /// <summary>An email was put by: it may be the first, or its turn may come before that of those which wait.</summary>
    public async Task TellAsync(CancellationToken cancellationToken = default)
    {
        if (!await BeginAsync(cancellationToken))
            await orchestrations.RaiseEventAsync(WaitingEmails.InstanceId, Doorbell.Name, cancellationToken: cancellationToken);
    }
}
