namespace MappaFlows.Workflows.Reactions;

/// <summary>What follows from the screening of a referral.</summary>
public static class ScreeningReactions
{
    public static EmailPage ScreeningPage { get; } = new("Screening");

    public static EmailPage AnswerPage { get; } = new("Answer");

    private static readonly EmailTemplate DecisionDueSoon = new(
        "ScreeningDueSoon", "screening decision due", "A referral needs a screening decision soon.")
    {
        Due = ScreeningObligations.DecideScreening,
        LeadsTo = ScreeningPage,
    };

    private static readonly EmailTemplate DecisionOverdue = new(
        "ScreeningOverdue", "screening decision overdue", "A referral was not screened in time. Please decide it.")
    {
        Due = ScreeningObligations.DecideScreening,
        LeadsTo = ScreeningPage,
    };

    private static readonly EmailTemplate QuestionAsked = new(
        "InformationRequested",
        "more information needed about your referral",
        "The coordinator needs more information before deciding on your referral.")
    {
        Due = ScreeningObligations.GiveInformation,
        LeadsTo = AnswerPage,
    };

    private static readonly EmailTemplate AnswerDueSoon = new(
        "InformationDueSoon", "your answer about a referral is due", "A question about your referral still waits for your answer.")
    {
        Due = ScreeningObligations.GiveInformation,
        LeadsTo = AnswerPage,
    };

    private static readonly EmailTemplate AnswerOverdue = new(
        "InformationOverdue", "answer about a referral overdue", "A question about a referral was not answered in time.")
    {
        Due = ScreeningObligations.GiveInformation,
        LeadsTo = AnswerPage,
    };

    private static readonly EmailTemplate QuestionAnswered = new(
        "InformationGiven",
        "question answered, referral to screen",
        "The referrer answered your question. The referral waits for a screening decision.")
    {
        Due = ScreeningObligations.DecideScreening,
        LeadsTo = ScreeningPage,
    };

    private static readonly EmailTemplate Accepted = new("ReferralAccepted", "referral accepted", "Your referral was accepted.");

    private static readonly EmailTemplate NotAccepted = new(
        "ReferralRefused", "referral not accepted", "Your referral was not accepted. The reasons are on its page.");

    private static readonly EmailTemplate ToLead = new("CaseToLead", "new case for your agency to lead", "Your agency leads a new case.");

    public static void Register(ReactionTable table) => table
        .Emails(
            DecisionDueSoon,
            DecisionOverdue,
            QuestionAsked,
            AnswerDueSoon,
            AnswerOverdue,
            QuestionAnswered,
            Accepted,
            NotAccepted,
            ToLead)
        .On<InformationRequested>((_, to) => [to.Wake(to.Instances.Screening), .. to.Referrer.Email(QuestionAsked)])
        .On<InformationGiven>((_, to) => [to.Wake(to.Instances.Screening), .. to.Coordinators.Email(QuestionAnswered)])
        .On<ReferralAccepted>((_, to) => [to.Wake(to.Instances.Screening), .. to.Referrer.Email(Accepted), .. to.LeadAgency.Email(ToLead)])
        .On<ReferralRefused>((_, to) => [to.Wake(to.Instances.Screening), .. to.Referrer.Email(NotAccepted)])
        .Remind(ScreeningObligations.DecideScreening, to => to.Coordinators.Email(DecisionDueSoon))
        .Escalate(
            ScreeningObligations.DecideScreening,
            to => [.. to.Chairs.Email(DecisionOverdue), .. to.Coordinators.Email(DecisionOverdue)])
        .Remind(ScreeningObligations.GiveInformation, to => to.Referrer.Email(AnswerDueSoon))
        .Escalate(
            ScreeningObligations.GiveInformation,
            to => [.. to.Coordinators.Email(AnswerOverdue), .. to.Referrer.Email(AnswerOverdue)]);
}
