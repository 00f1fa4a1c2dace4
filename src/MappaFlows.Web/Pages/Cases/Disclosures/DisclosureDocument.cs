namespace MappaFlows.Web.Pages.Cases.Disclosures;

/// <summary>A disclosure, without anything of the links that were sent for it.</summary>
/// <param name="Differences">In what it was not made as it was approved.</param>
/// <param name="DiscloserId">Who is to make it: the discloser of the content, or the one whom the approver named instead.</param>
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
    DisclosureRecord? Record,
    IReadOnlyList<DisclosureDifference> Differences,
    string? DiscloserId)
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
        disclosure.Record,
        disclosure.Differences,
        disclosure.DiscloserId);
}
