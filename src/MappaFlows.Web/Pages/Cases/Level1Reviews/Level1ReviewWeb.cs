using static MappaFlows.Web.Pages.Cases.TimelineDetail;

namespace MappaFlows.Web.Pages.Cases.Level1Reviews;

/// <summary>What the lead agency's reviews show of a case.</summary>
internal static class Level1ReviewWeb
{
    public static void Register(CaseWeb web) => web
        .Timeline<Level1ReviewRecorded>(review => new(
            $"Lead agency’s review {review.Number} recorded",
            Line("Findings", review.Review.Findings),
            Line("Contact between agencies", review.Review.Contact),
            Line("Disclosure considered", PlainText.YesNo(review.Review.DisclosureConsidered)),
            Line("Reasons about disclosure", review.Review.DisclosureReasons)))
        .Obligation(Level1ReviewObligations.ReviewLevel1, new(
            number => $"Lead agency’s review {number}",
            _ => "Record the lead agency’s review",
            (reference, _) => Routes.Level1Review(reference)))
        .Success<RecordLevel1Review>((_, now) => "The review is recorded."
            + now.Due(Level1ReviewObligations.ReviewLevel1, "The next review is due by")
            + now.Due(MeetingObligations.HoldMeeting, "The first meeting must be held by"))
        .Actions(Possible)
        .Section(new("Level1Reviews/_Section", CaseSectionPlace.Record, view => view.Case.Level1Reviews.Count > 0))
        .Endpoints(Level1ReviewEndpoints.Map)
        .Document<IReadOnlyList<Level1ReviewHeld>>("level1Reviews", view => view.IsWhole ? view.Case.Level1Reviews : null);

    private static IEnumerable<(CaseCommand Command, CaseAction Action)> Possible(CaseActions now)
    {
        if (now.Case is { IsManaged: true, Level: ManagementLevel.Level1 })
            yield return (new RecordLevel1Review(new()), now.Owed(Level1ReviewObligations.ReviewLevel1, now.Case.Level1Reviews.Count + 1));
    }
}
