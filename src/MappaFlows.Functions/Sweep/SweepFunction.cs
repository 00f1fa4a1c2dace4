using MappaFlows.Functions.Orchestration;
using MappaFlows.Functions.Telemetry;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace MappaFlows.Functions.Sweep;

/// <summary>Runs the sweep on its schedule (app setting <c>SweepSchedule</c>, six NCRONTAB fields, UTC), and counts what the alerts watch.</summary>
public sealed class SweepFunction(ISweep sweep, SweepMetrics metrics, DurableClientHolder clients)
{
    [Function("Sweep")]
    public async Task RunAsync(
        [TimerTrigger("%SweepSchedule%")] TimerInfo timer,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        clients.Keep(client);
        try
        {
            metrics.Ended(await sweep.RunAsync(cancellationToken));
        }
        catch
        {
            metrics.Failed();
            throw;
        }
    }
}
