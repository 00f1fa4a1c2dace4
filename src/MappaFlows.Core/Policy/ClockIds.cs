namespace MappaFlows.Core.Policy;

/// <summary>The names of the clocks. Their lengths are policy data: see <see cref="PolicyBook"/>.</summary>
public static class ClockIds
{
    public const string InitialNotification = "initial-notification";
    public const string LevelSetBeforeRelease = "level-set-before-release";
    public const string ScreeningDecision = "screening-decision";
    public const string ScreeningReminder = "screening-reminder";
    public const string FirstMeetingLevel2 = "first-meeting-level-2";
    public const string FirstMeetingLevel3 = "first-meeting-level-3";
    public const string FirstMeetingLevel3Emergency = "first-meeting-level-3-emergency";
    public const string ReviewLevel2 = "review-level-2";
    public const string ReviewLevel3 = "review-level-3";
    public const string ReviewLevel1Probation = "review-level-1-probation";
    public const string ReviewLevel1Police = "review-level-1-police";
    public const string MeetingInvitations = "meeting-invitations";
    public const string MinutesLevel2 = "minutes-level-2";
    public const string MinutesLevel3 = "minutes-level-3";
    public const string MeetingActions = "meeting-actions";
    public const string MinutesReminder = "minutes-reminder";
    public const string MeetingRecord = "meeting-record";
    public const string ReviewReminder = "review-reminder";
    public const string ApprovalReminder = "approval-reminder";
    public const string ApprovalEscalation = "approval-escalation";
    public const string ApprovalLapse = "approval-lapse";
    public const string DisclosureLastDay = "disclosure-last-day";
    public const string DisclosureReminder = "disclosure-reminder";
    public const string DisclosureEscalation = "disclosure-escalation";
    public const string DisclosureRevision = "disclosure-revision";
    public const string DisclosureRevisionReminder = "disclosure-revision-reminder";
    public const string EscalationFirstRepeat = "escalation-first-repeat";
    public const string EscalationRepeat = "escalation-repeat";
    public const string ClosingWarning = "closing-warning";
    public const string PreExitFirst = "pre-exit-first";
    public const string PreExitSecond = "pre-exit-second";
    public const string IndefiniteReviewAdult = "indefinite-review-adult";
    public const string IndefiniteReviewUnder18 = "indefinite-review-under-18";
    public const string IndefiniteReviewFurther = "indefinite-review-further";
    public const string IndefiniteReviewDecision = "indefinite-review-decision";
    public const string VictimLiaisonContact = "victim-liaison-contact";
    public const string RecallEmergency = "recall-emergency";
    public const string RecallStandard = "recall-standard";
    public const string PoliceNotificationFirst = "police-notification-first";
    public const string PoliceNotificationChange = "police-notification-change";
    public const string PoliceNotificationYearly = "police-notification-yearly";
    public const string PoliceNotificationNoFixedAddress = "police-notification-no-fixed-address";
    public const string SeriousFurtherOffenceNotification = "serious-further-offence-notification";
    public const string SeriousCaseReviewWindow = "serious-case-review-window";
    public const string ChildSchemeFirstChecks = "child-scheme-first-checks";
    public const string ChildSchemeFaceToFace = "child-scheme-face-to-face";
    public const string ChildSchemeDecision = "child-scheme-decision";
    public const string DomesticSchemeFirstReview = "domestic-scheme-first-review";
    public const string DomesticSchemeFaceToFace = "domestic-scheme-face-to-face";
    public const string DomesticSchemeDecision = "domestic-scheme-decision";

    /// <summary>Every clock, in the order of the policy.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        InitialNotification,
        LevelSetBeforeRelease,
        ScreeningDecision,
        ScreeningReminder,
        FirstMeetingLevel2,
        FirstMeetingLevel3,
        FirstMeetingLevel3Emergency,
        ReviewLevel2,
        ReviewLevel3,
        ReviewLevel1Probation,
        ReviewLevel1Police,
        MeetingInvitations,
        MinutesLevel2,
        MinutesLevel3,
        MeetingActions,
        MinutesReminder,
        MeetingRecord,
        ReviewReminder,
        ApprovalReminder,
        ApprovalEscalation,
        ApprovalLapse,
        DisclosureLastDay,
        DisclosureReminder,
        DisclosureEscalation,
        DisclosureRevision,
        DisclosureRevisionReminder,
        EscalationFirstRepeat,
        EscalationRepeat,
        ClosingWarning,
        PreExitFirst,
        PreExitSecond,
        IndefiniteReviewAdult,
        IndefiniteReviewUnder18,
        IndefiniteReviewFurther,
        IndefiniteReviewDecision,
        VictimLiaisonContact,
        RecallEmergency,
        RecallStandard,
        PoliceNotificationFirst,
        PoliceNotificationChange,
        PoliceNotificationYearly,
        PoliceNotificationNoFixedAddress,
        SeriousFurtherOffenceNotification,
        SeriousCaseReviewWindow,
        ChildSchemeFirstChecks,
        ChildSchemeFaceToFace,
        ChildSchemeDecision,
        DomesticSchemeFirstReview,
        DomesticSchemeFaceToFace,
        DomesticSchemeDecision,
    ];
}
