namespace MappaFlows.Workflows.Notifications;

/// <summary>Where delivery reports are recorded. The same report twice is one record; one of an email that is not ours is none.</summary>
public sealed class DeliveryReports(PostOffice postOffice)
{
    /// <summary>Records what became of an email; one that did not arrive becomes a dead letter.</summary>
    public Task RecordAsync(DeliveryReport report, CancellationToken cancellationToken = default) => WhyLost(report.Status) is { } why
        ? postOffice.ReturnAsync(report.OperationId, why, cancellationToken)
        : Task.CompletedTask;

    private static string? WhyLost(string status) => status switch
    {
        "Bounced" => "The recipient’s mail server sent it back: the address may be wrong or closed.",
        "Suppressed" => "The email service no longer sends to this address, since earlier emails to it came back.",
        "Quarantined" => "The recipient’s mail server took it for dangerous and keeps it apart.",
        "FilteredSpam" => "The recipient’s mail server took it for spam.",
        "Failed" => "The email service could not deliver it.",
        _ => null,
    };
}
