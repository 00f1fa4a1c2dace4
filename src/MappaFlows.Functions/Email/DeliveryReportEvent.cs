using System.Text.Json;
using Azure.Messaging.EventGrid;
using Azure.Messaging.EventGrid.SystemEvents;
using MappaFlows.Workflows.Email;

namespace MappaFlows.Functions.Email;

/// <summary>Reads delivery reports from events in Event Grid's own schema.</summary>
internal static class DeliveryReportEvent
{
    /// <exception cref="FormatException">
    /// It is not a delivery report. The message quotes nothing: an event has an address in it.
    /// </exception>
    public static DeliveryReport Read(string message)
    {
        try
        {
            if (EventGridEvent.ParseMany(BinaryData.FromString(message)) is [var happened]
                && happened.TryGetSystemEventData(out var data)
                && data is AcsEmailDeliveryReportReceivedEventData { Status: { } status, DeliveryAttemptTimestamp: { } at } report
                && Guid.TryParse(report.MessageId, out var operationId))
            {
                return new(operationId, status.ToString(), at);
            }
        }
        catch (Exception malformed) when (malformed is JsonException or FormatException or ArgumentException or InvalidOperationException)
        {
            // Thrown below, without the original: it may quote the event.
        }

        throw new FormatException("The event is not an email delivery report.");
    }
}
