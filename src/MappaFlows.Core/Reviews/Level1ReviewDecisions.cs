using MappaFlows.Core.Cases;

namespace MappaFlows.Core.Reviews;

/// <summary>Level 1: the lead agency reviews on its clock, with evidence of contact between agencies.</summary>
public static class Level1ReviewDecisions
{
    public static Decision Record(Case @case, RecordLevel1Review command)
    {
        if (!@case.IsManaged || @case.Level != ManagementLevel.Level1)
            return Decision.Conflict("A lead-agency review is for cases managed at level 1. Nothing was changed.");

        var review = command.Review;
        var check = new Check();
        check.Text(review.Findings, nameof(review.Findings), "what the review found");
        check.Text(review.Contact, nameof(review.Contact), "which agencies were in touch, and how");
        MeetingDecisions.Disclosure(check, review.DisclosureConsidered, review.DisclosureReasons);
        MeetingDecisions.LevelFromNowOn(check, @case, review.Level, review.LevelReasons);
        if (check.Failed) return check.Refused;

        List<CaseEvent> events = [new Level1ReviewRecorded(@case.Level1Reviews.Count + 1, review)];
        if (review.Level != @case.Level) events.Add(new LevelChanged(@case.Level!.Value, review.Level!.Value, review.LevelReasons!));
        return Decision.Accept(events);
    }
}
