using static MappaFlows.Web.Pages.Cases.TimelineDetail;

namespace MappaFlows.Web.Pages.Cases.Disclosures;

/// <summary>Disclosures on the timeline.</summary>
internal static class DisclosureTimeline
{
    public static void Register(CaseWeb web) => web
        .Timeline<DisclosureProposed>((proposed, words) => new(
            $"Disclosure {proposed.Number} proposed",
            Line("Recipient", proposed.Content.RecipientName),
            Line("Discloser", proposed.Content.DiscloserId is { } discloser ? words.NameOf(discloser) : null),
            Line("Decision asked of", words.NameOf(proposed.ApproverId))))
        .Timeline<DisclosureRevised>(revised => new(
            $"Disclosure {revised.Number} changed",
            Line("Recipient", revised.Content.RecipientName),
            Line(null, "The earlier request is void. The approver is asked again.")))
        .Timeline<DisclosureWithdrawn>(withdrawn => new($"Disclosure {withdrawn.Number} withdrawn", Line("Why", withdrawn.Reason)))
        .Timeline<ApprovalLinkIssued>((issued, words) => new(
            $"Link to decide on disclosure {issued.Number} sent",
            Line("To", words.NameOf(issued.PersonId)),
            Line("Ends", UkTime.DateAndTime(issued.EndsAt))))
        .Timeline<ApprovalAttemptRefused>(refused => new($"Attempt to decide on disclosure {refused.Number} refused", Line("Why", refused.Reason)))
        .Timeline<ApprovalLapsed>(lapsed => new($"Disclosure {lapsed.Number} not decided in time", Line(null, "Nothing may be disclosed.")))
        .Timeline<DisclosureDecided>(decided => new(Decision(decided), Line("Reasons", decided.Reasons)))
        .Timeline<DisclosureMade>(made => new(
            $"Disclosure {made.Number} made",
            Line("On", made.Record.On is { } on ? UkTime.Date(on) : null),
            Line("How", made.Record.Method?.Label()),
            Line("Recipient undertook to keep it confidential", PlainText.YesNo(made.Record.RecipientUndertook)),
            Line("Not as approved", made.Differences is { Count: > 0 } differences
                ? string.Join(", ", differences.Select(difference => difference.Label()))
                : null),
            Line("Explanation", made.Record.Explanation),
            Line("Notes", made.Record.Notes)))
        .Timeline<ApprovalEnded>(ended => new(
            $"Approval of disclosure {ended.Number} ended",
            Line(null, $"It was not recorded as made by {UkTime.Date(ended.LastDay)}. It may not be made any more.")))
        .Timeline<ApprovalRevoked>(revoked => new($"Approval of disclosure {revoked.Number} revoked", Line("Why", revoked.Reason)))
        .Timeline<DiscloserReplaced>((replaced, words) => new(
            replaced.AsksAgain ? $"Another discloser asked for in disclosure {replaced.Number}" : $"Another discloser named for disclosure {replaced.Number}",
            Line("Until now", words.NameOf(replaced.From)),
            Line("From now on", words.NameOf(replaced.To)),
            Line("Why", replaced.Reason),
            Line(null, replaced.AsksAgain ? "The approver is asked again." : "The approval stands.")));

    private static string Decision(DisclosureDecided decided) => decided.Outcome switch
    {
        ApprovalOutcome.Approved => $"Disclosure {decided.Number} approved",
        ApprovalOutcome.Refused => $"Disclosure {decided.Number} refused",
        _ => $"Change asked for in disclosure {decided.Number}",
    };
}
