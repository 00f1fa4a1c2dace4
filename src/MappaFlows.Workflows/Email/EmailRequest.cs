namespace MappaFlows.Workflows.Email;

/// <summary>An email to be: its kind, whom it goes to and what it points at. Ids only; addresses and links are found when it is sent.</summary>
/// <param name="Id">Says which one it is, however often it is tried: the case, the event and the recipient.</param>
/// <param name="Subject">Which meeting or disclosure of the case it is about; null where the kind says enough.</param>
/// <param name="Request">Which request of the disclosure it asks for; void when another has replaced it.</param>
public sealed record EmailRequest(
    string Id,
    EmailKind Kind,
    CaseReference Reference,
    Recipient To,
    int? Subject = null,
    int? Request = null);

/// <summary>A person of the directory, or an agency's mailbox in the case's area.</summary>
public sealed record Recipient(string? PersonId, string? AgencyId = null, string? AreaCode = null)
{
    public override string ToString() => PersonId ?? $"{AreaCode}.{AgencyId}";
}

/// <summary>What an email is about. Each has its words in <see cref="EmailText"/>.</summary>
public enum EmailKind
{
    ReferralReceived,
    ScreeningDueSoon,
    ScreeningOverdue,
    InformationRequested,
    InformationDueSoon,
    InformationOverdue,
    InformationGiven,
    ReferralAccepted,
    ReferralRefused,
    CaseToLead,
    MeetingToArrange,
    MeetingOverdue,
    MeetingInvitation,
    MeetingMoved,
    MeetingToRecord,
    MeetingRecordOverdue,
    MinutesDueSoon,
    MinutesOverdue,
    MinutesSent,
    Level1ReviewDueSoon,
    Level1ReviewOverdue,
    ApprovalRequested,
    ApprovalReminder,
    ApprovalEscalated,
    ApprovalLapsed,
    DisclosureApproved,
    DisclosureToMake,
    DisclosureRefused,
    DisclosureChangeRequested,
    DisclosureWithdrawn,
    DisclosureMade,
    PreExitReviewOpens,
    PreExitReviewOverdue,
    DateChanged,
    CategoryChanged,
    LevelChanged,
    CaseClosed,
}
