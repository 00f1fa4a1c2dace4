namespace MappaFlows.Workflows.Email;

/// <summary>
/// An email to send: its words, whom it goes to and what it points at. Ids only; addresses and links are found when it is sent.
/// </summary>
/// <param name="Id">Says which one it is, however often it is tried: the case, the event, the words and the recipient.</param>
/// <param name="Template">The name of its <see cref="EmailTemplate"/>.</param>
/// <param name="Number">Which meeting or disclosure of the case it is about; null where the words say enough.</param>
/// <param name="Request">Which request of the disclosure it asks for; void when another has replaced it.</param>
public sealed record EmailRequest(
    string Id,
    string Template,
    CaseReference Reference,
    Recipient To,
    int? Number = null,
    int? Request = null);

/// <summary>A person of the directory, or an agency's mailbox in the case's area.</summary>
public sealed record Recipient(string? PersonId, string? AgencyId = null, string? AreaCode = null)
{
    public override string ToString() => PersonId ?? $"{AreaCode}.{AgencyId}";
}
