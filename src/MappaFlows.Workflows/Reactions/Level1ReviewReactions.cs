namespace MappaFlows.Workflows.Reactions;

/// <summary>What follows from the lead agency's reviews at level 1.</summary>
public static class Level1ReviewReactions
{
    private static readonly EmailTemplate DueSoon = new(
        "Level1ReviewDueSoon", "Review due soon: {reference}", "Your agency’s review of a case is due soon.");

    private static readonly EmailTemplate Overdue = new(
        "Level1ReviewOverdue", "Review overdue: {reference}", "The lead agency’s review of a case was not recorded in time.");

    public static void Register(ReactionTable table) => table
        .Emails(DueSoon, Overdue)
        .On<Level1ReviewRecorded>((_, to) => [to.Wake(to.Instances.Review)])
        .Remind(Level1ReviewObligations.ReviewLevel1, to => to.LeadAgency.Email(DueSoon))
        .Escalate(Level1ReviewObligations.ReviewLevel1, to => [.. to.LeadAgency.Email(Overdue), .. to.Coordinators.Email(Overdue)]);
}
