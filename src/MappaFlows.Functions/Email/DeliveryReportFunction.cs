using MappaFlows.Functions.Telemetry;
using MappaFlows.Workflows.Email;
using Microsoft.Azure.Functions.Worker;

namespace MappaFlows.Functions.Email;

/// <summary>
/// Takes delivery reports from the queue that Event Grid fills. One that fails ten times is kept by the host in the queue's poison queue.
/// </summary>
public sealed class DeliveryReportFunction(DeliveryReports reports)
{
    /// <remarks>The setting's name is flat: the platform, which counts the queue to start instances, resolves no other.</remarks>
    [Function("DeliveryReport")]
    public Task RunAsync(
        [QueueTrigger("%DeliveryReportQueue%", Connection = "AzureWebJobsStorage")] string message,
        CancellationToken cancellationToken) =>
        RedactedException.WrapAsync(() => reports.RecordAsync(DeliveryReportEvent.Read(message), cancellationToken));
}
