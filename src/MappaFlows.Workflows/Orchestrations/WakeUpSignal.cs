using Microsoft.DurableTask;

namespace MappaFlows.Workflows.Orchestrations;

/// <summary>What wakes an orchestration before its time. It carries nothing: it says only that things should be read again.</summary>
public sealed class WakeUpSignal(TaskOrchestrationContext context)
{
    /// <summary>The event that every orchestration listens to.</summary>
    public const string Name = "WakeUp";

    // One standing wait: an engine may lose the event that follows a cancelled wait.
    private Task _ring = context.WaitForExternalEvent<object?>(Name);

    /// <summary>Waits for the doorbell or for a time, whichever is first; for the doorbell alone where there is no time.</summary>
    /// <param name="time">In UTC.</param>
    public async Task RungOrAsync(DateTime? time)
    {
        if (time is { } at)
        {
            using var tooLate = new CancellationTokenSource();
            var timer = context.CreateTimer(at, tooLate.Token);
            if (await Task.WhenAny(_ring, timer) == _ring) tooLate.Cancel();
        }
        else
        {
            await _ring;
        }

        if (_ring.IsCompleted) _ring = context.WaitForExternalEvent<object?>(Name);
    }
}
