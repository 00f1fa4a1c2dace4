namespace MappaFlows.Workflows.Email;

/// <summary>
/// What became of an accepted email. The recipient's address in Azure's event is not read: the delivery row knows the recipient.
/// </summary>
/// <param name="OperationId">The id that the message was sent with.</param>
/// <param name="Status">
/// Azure's word, as <c>Delivered</c>, <c>Bounced</c>, <c>Suppressed</c>, <c>Quarantined</c>, <c>FilteredSpam</c>, <c>Expanded</c> or
/// <c>Failed</c>.
/// </param>
/// <param name="At">When it was tried.</param>
public sealed record DeliveryReport(Guid OperationId, string Status, DateTimeOffset At)
{
    /// <summary>Whether the recipient's server, or a list's in their place, took it.</summary>
    public bool Arrived => Status is "Delivered" or "Expanded";

    /// <summary>Why no one will read it, in words for people; null where the status does not say so.</summary>
    public string? LossReason => Status switch
    {
        "Bounced" => "The recipient’s mail server sent it back: the address may be wrong or closed.",
        "Suppressed" => "The email service no longer sends to this address, since earlier emails to it came back.",
        "Quarantined" => "The recipient’s mail server took it for dangerous and keeps it apart.",
        "FilteredSpam" => "The recipient’s mail server took it for spam.",
        "Failed" => "The email service could not deliver it.",
        _ => null,
    };
}
