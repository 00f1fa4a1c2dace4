namespace MappaFlows.Workflows.Reactions;

/// <summary>What follows from a referral.</summary>
public static class ReferralReactions
{
    private static readonly EmailTemplate Received = new("ReferralReceived", "new referral to screen", "A new referral waits for a screening decision.")
    {
        Due = ScreeningObligations.DecideScreening,
        LeadsTo = ScreeningReactions.ScreeningPage,
    };

    /// <summary>A level 3 meeting is asked for at once: someone at risk may wait for it, at night too.</summary>
    private static readonly EmailTemplate EmergencyReceived = new(
        "EmergencyReferralReceived",
        "referral to screen at once",
        "A referral asks for an emergency level 3 meeting. It waits for a screening decision now. The referrer was asked to phone you as well.")
    {
        Due = ScreeningObligations.DecideScreening,
        IsUrgent = true,
        LeadsTo = ScreeningReactions.ScreeningPage,
    };

    public static void Register(ReactionTable table) => table
        .Emails(Received, EmergencyReceived)
        .On<ReferralSubmitted>((happened, to) =>
        [
            CaseOrchestrations.Lifecycle(to.Case.Reference),
            .. to.Coordinators.Email(happened.Referral.Placement.IsEmergency ? EmergencyReceived : Received),
        ]);
}
