namespace MappaFlows.Workflows.Reactions;

/// <summary>What follows from the lead agency's reviews at level 1.</summary>
public static class Level1ReviewReactions
{
    private static readonly EmailTemplate DueSoon = new(
        "Level1ReviewDueSoon", "record your agency’s review", "Your agency’s review of a case is due soon.")
    {
        Due = Level1ReviewObligations.ReviewLevel1,
    };

    private static readonly EmailTemplate Overdue = new(
        "Level1ReviewOverdue", "lead agency’s review overdue", "The lead agency’s review of a case was not recorded in time.")
    {
        Due = Level1ReviewObligations.ReviewLevel1,
    };

    public static void Register(ReactionTable table) => table
        .Emails(DueSoon, Overdue)
        .On<Level1ReviewRecorded>((_, to) => [to.Wake(to.Instances.Review)])
        .Remind(Level1ReviewObligations.ReviewLevel1, to => to.LeadAgency.Email(DueSoon))
        .Escalate(Level1ReviewObligations.ReviewLevel1, to => [.. to.LeadAgency.Email(Overdue), .. to.Coordinators.Email(Overdue)]);
}
