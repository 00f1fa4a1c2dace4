namespace MappaFlows.Workflows.Reactions;

/// <summary>The words of each email. A reference and a link: no name, no offence, no category, no level.</summary>
public static class EmailText
{
    /// <summary>The subject and the sentence that says what to do.</summary>
    public static (string Subject, string Sentence) Of(EmailKind kind, CaseReference reference) => kind switch
    {
        EmailKind.ReferralReceived => ($"New referral {reference}", "A new referral waits for a screening decision."),
        EmailKind.ScreeningDueSoon => ($"Screening due soon: {reference}", "A referral has no screening decision yet, and its time is nearly over."),
        EmailKind.ScreeningOverdue => ($"Screening overdue: {reference}", "A referral was not screened in time. Please see that it is decided."),
        EmailKind.InformationRequested => ($"More information needed: {reference}", "The coordinator needs to know more before your referral can be decided."),
        EmailKind.InformationDueSoon => ($"Your answer is due soon: {reference}", "A question about your referral still waits for your answer."),
        EmailKind.InformationOverdue => ($"Answer overdue: {reference}", "A question about a referral was not answered in time."),
        EmailKind.InformationGiven => ($"Question answered: {reference}", "The referrer answered your question. The referral waits for a screening decision."),
        EmailKind.ReferralAccepted => ($"Referral accepted: {reference}", "Your referral was accepted."),
        EmailKind.ReferralRefused => ($"Referral not accepted: {reference}", "Your referral was not accepted. The reasons are on its page."),
        EmailKind.CaseToLead => ($"New case for your agency: {reference}", "Your agency leads a new case."),
        EmailKind.MeetingToArrange => ($"Arrange a meeting: {reference}", "A meeting has to be arranged now, so that the agencies have time to prepare."),
        EmailKind.MeetingOverdue => ($"Meeting overdue: {reference}", "A meeting was not held in time. Please see that it is."),
        EmailKind.MeetingInvitation => ($"Invitation to a meeting: {reference}", "Your agency is invited to a meeting. The day, the time and the place are in the attached invitation."),
        EmailKind.MeetingMoved => ($"Meeting moved: {reference}", "A meeting to which your agency is invited was moved. The new time is in the attached invitation."),
        EmailKind.MeetingToRecord => ($"Record a meeting: {reference}", "A meeting was held, and its outcome is not recorded yet."),
        EmailKind.MeetingRecordOverdue => ($"Meeting not recorded: {reference}", "The outcome of a meeting was not recorded in time."),
        EmailKind.MinutesDueSoon => ($"Minutes due soon: {reference}", "The minutes of a meeting have not gone out yet."),
        EmailKind.MinutesOverdue => ($"Minutes overdue: {reference}", "The minutes of a meeting did not go out in time."),
        EmailKind.MinutesSent => ($"Minutes ready: {reference}", "The minutes of a meeting to which your agency was invited are ready."),
        EmailKind.Level1ReviewDueSoon => ($"Review due soon: {reference}", "Your agency’s review of a case is due soon."),
        EmailKind.Level1ReviewOverdue => ($"Review overdue: {reference}", "The lead agency’s review of a case was not recorded in time."),
        EmailKind.ApprovalRequested => ($"Your decision is needed: {reference}", "Somebody proposes to tell a person outside the agencies. You are asked to decide."),
        EmailKind.ApprovalReminder => ($"Reminder, your decision is needed: {reference}", "A decision that was asked of you is still open."),
        EmailKind.ApprovalEscalated => ($"Your decision is needed as deputy: {reference}", "A decision was not made in time. You are asked to decide as deputy."),
        EmailKind.ApprovalLapsed => ($"No decision in time: {reference}", "Your proposal was not decided in time. Nothing may be told. You can ask again."),
        EmailKind.DisclosureApproved => ($"Proposal approved: {reference}", "Your proposal was approved. The person who is to tell has been asked to."),
        EmailKind.DisclosureToMake => ($"You are asked to tell: {reference}", "You may now tell what was approved, exactly as it stands there. Then record that you did."),
        EmailKind.DisclosureRefused => ($"Proposal refused: {reference}", "Your proposal was refused. Nothing may be told. The reasons are on its page."),
        EmailKind.DisclosureChangeRequested => ($"Proposal to be changed: {reference}", "You are asked to change your proposal before it can be decided."),
        EmailKind.DisclosureWithdrawn => ($"Proposal withdrawn: {reference}", "A proposal that you were asked to decide was withdrawn. You need do nothing."),
        EmailKind.DisclosureMade => ($"Told and recorded: {reference}", "What was approved has been told, and the record is complete."),
        EmailKind.PreExitReviewOpens => ($"Review before the end: {reference}", "A case nears its end. Your agency is asked to review it before."),
        EmailKind.PreExitReviewOverdue => ($"Review before the end overdue: {reference}", "A case nears its end and was not reviewed in time."),
        EmailKind.DateChanged => ($"Dates changed: {reference}", "A date of a case has changed, and with it what is due when."),
        EmailKind.CategoryChanged => ($"Case changed: {reference}", "A case goes on for another reason than before."),
        EmailKind.LevelChanged => ($"Case changed: {reference}", "How a case is managed has changed."),
        EmailKind.CaseClosed => ($"Case closed: {reference}", "A case has come to its end and is closed."),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "There are no words for this notification."),
    };

    /// <summary>Where the email leads, below the product's address.</summary>
    /// <param name="token">The token of an approval link, for the kinds that ask for a decision.</param>
    public static string Path(EmailRequest notification, string? token) => notification.Kind switch
    {
        _ when token is not null => $"/decide/{notification.Reference}/{notification.Subject}?link={token}",
        EmailKind.InformationRequested or EmailKind.InformationDueSoon or EmailKind.InformationOverdue =>
            $"/cases/{notification.Reference}/answer",
        EmailKind.ReferralReceived or EmailKind.ScreeningDueSoon or EmailKind.ScreeningOverdue or EmailKind.InformationGiven =>
            $"/cases/{notification.Reference}/screening",
        EmailKind.DisclosureToMake or EmailKind.DisclosureApproved or EmailKind.DisclosureRefused or EmailKind.DisclosureChangeRequested
            or EmailKind.DisclosureMade or EmailKind.ApprovalLapsed => $"/cases/{notification.Reference}/disclosures/{notification.Subject}",
        _ => $"/cases/{notification.Reference}",
    };

    /// <summary>Whether the email asks for a decision, and so carries a link of its own.</summary>
    public static bool AsksForDecision(EmailKind kind) =>
        kind is EmailKind.ApprovalRequested or EmailKind.ApprovalReminder or EmailKind.ApprovalEscalated;
}
