namespace MappaFlows.Workflows.Reactions;

/// <summary>What follows from the screening of a referral.</summary>
public static class ScreeningReactions
{
    public static EmailPage ScreeningPage { get; } = new("Screening");

    public static EmailPage AnswerPage { get; } = new("Answer");

    private static readonly EmailTemplate DecisionDueSoon = new(
        "ScreeningDueSoon", "Screening due soon: {reference}", "A referral needs a screening decision soon.")
    {
        LeadsTo = ScreeningPage,
    };

    private static readonly EmailTemplate DecisionOverdue = new(
        "ScreeningOverdue", "Screening overdue: {reference}", "A referral was not screened in time. Please decide it.")
    {
        LeadsTo = ScreeningPage,
    };

    private static readonly EmailTemplate QuestionAsked = new(
        "InformationRequested",
        "More information needed: {reference}",
        "The coordinator needs more information before deciding on your referral.")
    {
        LeadsTo = AnswerPage,
    };

    private static readonly EmailTemplate AnswerDueSoon = new(
        "InformationDueSoon", "Your answer is due soon: {reference}", "A question about your referral still waits for your answer.")
    {
        LeadsTo = AnswerPage,
    };

    private static readonly EmailTemplate AnswerOverdue = new(
        "InformationOverdue", "Answer overdue: {reference}", "A question about a referral was not answered in time.")
    {
        LeadsTo = AnswerPage,
    };

    private static readonly EmailTemplate QuestionAnswered = new(
        "InformationGiven",
        "Question answered: {reference}",
        "The referrer answered your question. The referral waits for a screening decision.")
    {
        LeadsTo = ScreeningPage,
    };

    private static readonly EmailTemplate Accepted = new("ReferralAccepted", "Referral accepted: {reference}", "Your referral was accepted.");

    private static readonly EmailTemplate NotAccepted = new(
        "ReferralRefused", "Referral not accepted: {reference}", "Your referral was not accepted. The reasons are on its page.");

    private static readonly EmailTemplate ToLead = new("CaseToLead", "New case for your agency: {reference}", "Your agency leads a new case.");

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
