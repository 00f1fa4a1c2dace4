namespace MappaFlows.Workflows.Reactions;

/// <summary>What follows from a referral.</summary>
public static class ReferralReactions
{
    private static readonly EmailTemplate Received = new("ReferralReceived", "New referral {reference}", "A new referral waits for a screening decision.")
    {
        LeadsTo = ScreeningReactions.ScreeningPage,
    };

    public static void Register(ReactionTable table) => table
        .Emails(Received)
        .On<ReferralSubmitted>((_, to) => [CaseOrchestrations.Lifecycle(to.Case.Reference), .. to.Coordinators.Email(Received)]);
}
