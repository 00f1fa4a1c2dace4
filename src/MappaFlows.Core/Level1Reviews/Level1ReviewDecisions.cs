namespace MappaFlows.Core.Level1Reviews;

/// <summary>Level 1: the lead agency reviews on its clock, with evidence of contact between agencies.</summary>
public static class Level1ReviewDecisions
{
    public static Decision Record(CaseState state, RecordLevel1Review command)
    {
        if (!state.IsManaged || state.Level != ManagementLevel.Level1)
            return Decision.Conflict("A lead-agency review is for cases managed at level 1. Nothing was changed.");

        var review = command.Review;
        var validation = new Validation();
        validation.Text(review.Findings, nameof(review.Findings), "what the review found");
        validation.Text(review.Contact, nameof(review.Contact), "which agencies were in touch, and how");
        validation.Disclosure(review.DisclosureConsidered, review.DisclosureReasons);
        validation.LevelFromNowOn(state, review.Level, review.LevelReasons);
        if (validation.HasFailed) return validation.Refused;

        List<CaseEvent> events = [new Level1ReviewRecorded(state.Level1Reviews.Count + 1, review)];
        if (review.Level != state.Level) events.Add(new LevelChanged(state.Level!.Value, review.Level!.Value, review.LevelReasons!));
        return Decision.Accept(events);
    }
}
