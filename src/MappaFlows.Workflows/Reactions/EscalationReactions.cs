namespace MappaFlows.Workflows.Reactions;

/// <summary>What follows when what was passed on is still not done.</summary>
public static class EscalationReactions
{
    /// <summary>To all who were told of the escalation.</summary>
    internal static EmailTemplate StillOverdue { get; } = new(
        "StillOverdue",
        "Still overdue: {reference}",
        "Something in a case was not done in time, was passed on, and is still not done. The page of the case shows what it is.");

    private static readonly EmailTemplate RemindedAgain = new(
        "OwnerReminded",
        "Reminder, overdue: {reference}",
        "You were asked to do something in a case, and it is overdue. A colleague to whom it was passed on reminds you. The page of the case shows what it is.");

    public static void Register(ReactionTable table) => table
        .Emails(StillOverdue, RemindedAgain)
        .On<OwnerReminded>((happened, to) => to.Owner(happened.OwnerRole, happened.OwnerId).Email(RemindedAgain));
}
