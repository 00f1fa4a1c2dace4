namespace MappaFlows.Web.Pages.Cases.Disclosures;

/// <summary>A disclosure, without anything of the links that were sent for it.</summary>
/// <param name="ContentHash">What a decision has to carry: it says which content was decided on.</param>
public sealed record DisclosureDocument(
    int Number,
    int Request,
    DisclosureStage Stage,
    DisclosureContent Content,
    string ContentHash,
    string ProposedBy,
    string ApproverId,
    string? DeputyId,
    DateTimeOffset AskedAt,
    bool Reminded,
    bool Escalated,
    DisclosureDecision? Decision,
    DisclosureRecord? Record)
{
    internal static DisclosureDocument Of(Disclosure disclosure) => new(
        disclosure.Number,
        disclosure.Request,
        disclosure.Stage,
        disclosure.Content,
        disclosure.ContentHash,
        disclosure.ProposedBy,
        disclosure.ApproverId,
        disclosure.DeputyId,
        disclosure.AskedAt,
        disclosure.Reminded,
        disclosure.Escalated,
        disclosure.Decision,
        disclosure.Record);
}
