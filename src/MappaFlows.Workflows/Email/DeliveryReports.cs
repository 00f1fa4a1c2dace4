using Microsoft.Extensions.Logging;

namespace MappaFlows.Workflows.Email;

/// <summary>Records what the email service reports of emails that it accepted.</summary>
public sealed partial class DeliveryReports(EmailDeliveries deliveries, TimeProvider time, ILogger<DeliveryReports> logger)
{
    /// <summary>Records what became of an email; one that did not arrive is undelivered.</summary>
    /// <remarks>Reports repeat, come in any order, and may be of emails that are not ours: none of that changes what is recorded.</remarks>
    public async Task RecordAsync(DeliveryReport report, CancellationToken cancellationToken = default)
    {
        if (await deliveries.FindByOperationAsync(report.OperationId, cancellationToken) is not { } request)
        {
            LogStranger(report.OperationId);
            return;
        }

        await deliveries.ChangeAsync(
            request,
            await deliveries.FindAsync(request, cancellationToken),
            Reported,
            queued: null,
            cancellationToken);

        // A report of an operation that a person's new try has replaced says nothing of that try.
        EmailDelivery Reported(EmailDelivery delivery) =>
            delivery.OperationId(request) == report.OperationId ? delivery.Reported(report, time.GetUtcNow()) ?? delivery : delivery;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "A delivery report names operation {Operation}, which is not ours.")]
    private partial void LogStranger(Guid operation);
}
