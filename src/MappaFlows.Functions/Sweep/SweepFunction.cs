using MappaFlows.Functions.Orchestration;
using MappaFlows.Functions.Telemetry;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace MappaFlows.Functions.Sweep;

/// <summary>Runs the sweep on its schedule (app setting <c>SweepSchedule</c>, six NCRONTAB fields, UTC).</summary>
public sealed class SweepFunction(Workflows.Sweeping.Sweep sweep, DurableClientHolder clients)
{
    [Function("Sweep")]
    public Task RunAsync(
        [TimerTrigger("%SweepSchedule%")] TimerInfo timer,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        clients.Keep(client);
        return RedactedException.WrapAsync(() => sweep.RunAsync(Workflows.Sweeping.Sweep.Grace, cancellationToken));
    }
}
