namespace MappaFlows.Workflows.Reactions;

/// <summary>What follows on the way to the end of a case.</summary>
public static class ExitReactions
{
    private static readonly EmailTemplate ReviewOpens = new(
        "PreExitReviewOpens", "Review before the end: {reference}", "A case ends soon. Your agency is asked to review it first.");

    private static readonly EmailTemplate ReviewOverdue = new(
        "PreExitReviewOverdue", "Review before the end overdue: {reference}", "A case ends soon and was not reviewed in time.");

    private static readonly EmailTemplate DateHasChanged = new(
        "DateChanged", "Dates changed: {reference}", "A date in a case has changed, so other due dates have changed too.");

    private static readonly EmailTemplate ClosesSoon = new(
        "ClosesWithThingsUndone",
        "Case closes soon, with things not done: {reference}",
        "A case closes by itself soon, and not everything in it is done. The page of the case shows the day.")
    {
        Undone = timetable => timetable.Find(ExitObligations.CloseCase)?.Due is { } closing
            ? timetable.UndoneAt(closing.At).Select(obligation => new UndoneObligation(obligation.Kind, obligation.Number))
            : [],
    };

    public static void Register(ReactionTable table) => table
        .Emails(ReviewOpens, ReviewOverdue, DateHasChanged, ClosesSoon)
        .Remind(ExitObligations.CloseCase, to => [.. to.LeadAgency.Email(ClosesSoon), .. to.Coordinators.Email(ClosesSoon)])
        .On<DateChanged>((_, to) => [to.Wake(to.Instances.Exit), .. to.LeadAgency.Email(DateHasChanged)])
        .On<EligibilityAdded>((_, to) => [to.Wake(to.Instances.Exit), .. to.LeadAgency.Email(DateHasChanged)])
        .On<PreExitReviewRecorded>((_, to) => [to.Wake(to.Instances.Exit)])
        .Remind(ExitObligations.ReviewBeforeExit, to => to.LeadAgency.Email(ReviewOpens))
        .Escalate(ExitObligations.ReviewBeforeExit, to => [.. to.LeadAgency.Email(ReviewOverdue), .. to.Coordinators.Email(ReviewOverdue)]);
}
