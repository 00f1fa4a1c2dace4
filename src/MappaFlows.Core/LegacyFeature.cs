namespace MappaFlows.Core;

/// <summary>Registers the features that have no registration of their own yet.</summary>
internal static class LegacyFeature
{
    public static void Register(CaseModel model)
    {
        var feature = model.State<LegacyState>(version: 1)
            .Opens<SubmitReferral, ReferralSubmitted>(ReferralDecisions.Submit, (happened, info) => CaseApply.Begin(happened, info.At, info.ActorId), CaseScope.Referral)
            .Command<DecideScreening>(ScreeningDecisions.Decide, CasePermissions.Coordinates)
            .Command<GiveInformation>(ScreeningDecisions.GiveInformation, CasePermissions.RefersOrCoordinates)
            .Command<ScheduleMeeting>(MeetingDecisions.Schedule, CasePermissions.Coordinates)
            .Command<MoveMeeting>(MeetingDecisions.Move, CasePermissions.Coordinates)
            .Command<RecordMeeting>(MeetingDecisions.Record, CasePermissions.CoordinatesOrChairs)
            .Command<SendMinutes>(MeetingDecisions.SendMinutes, CasePermissions.Coordinates)
            .Command<RecordLevel1Review>(Level1ReviewDecisions.Record, CasePermissions.Leads)
            .Command<ProposeDisclosure>(DisclosureDecisions.Propose, CasePermissions.CoordinatesOrLeads)
            .Command<ReviseDisclosure>(DisclosureDecisions.Revise, CasePermissions.CoordinatesOrLeads)
            .Command<WithdrawDisclosure>(DisclosureDecisions.Withdraw, CasePermissions.CoordinatesOrLeads)
            .Command<DecideDisclosure>(DisclosureDecisions.Decide, DisclosurePermissions.MayDecide, DisclosureDecisions.RecordAttempt)
            .Command<IssueApprovalLink>(DisclosureDecisions.IssueLink, CasePermissions.IsClock)
            .Command<RecordDisclosure>(DisclosureDecisions.Record, DisclosurePermissions.MayRecord)
            .Command<ChangeDate>(DateDecisions.Change, CasePermissions.CoordinatesOrLeads)
            .Command<AddEligibility>(DateDecisions.AddEligibility, CasePermissions.CoordinatesOrLeads)
            .Command<RecordPreExitReview>(ExitDecisions.RecordReview, CasePermissions.Leads)
            .Command<DecideExit>(ExitDecisions.Decide, CasePermissions.ChairsOrLeads)
            .Obligations(ScreeningObligations.Of, [ObligationKind.DecideScreening, ObligationKind.GiveInformation], scope: CaseScope.Referral)
            .Obligations(Level1ReviewObligations.Of, [ObligationKind.ReviewLevel1])
            .Obligations(MeetingObligations.Of, [ObligationKind.HoldMeeting, ObligationKind.RecordMeeting, ObligationKind.SendMinutes])
            .Obligations(
                DisclosureObligations.Of,
                [ObligationKind.DecideDisclosure, ObligationKind.ReviseDisclosure, ObligationKind.MakeDisclosure],
                DisclosureObligations.IsShown)
            .Obligations(ExitObligations.Of, [ObligationKind.ReviewBeforeExit, ObligationKind.ChangeCategory, ObligationKind.Exit])
            .Readers(DisclosurePermissions.ScopeOf)
            .BeforeClosing(DisclosureDecisions.WithdrawOpen);
        Event<InformationRequested>(CaseScope.Referral);
        Event<InformationGiven>(CaseScope.Referral);
        Event<ReferralAccepted>(CaseScope.Referral);
        Event<ReferralRefused>(CaseScope.Referral);
        Event<MeetingScheduled>();
        Event<MeetingMoved>();
        Event<MeetingRecorded>();
        Event<MinutesSent>();
        Event<Level1ReviewRecorded>();
        Event<DisclosureProposed>();
        Event<DisclosureRevised>();
        Event<DisclosureWithdrawn>();
        Event<ApprovalLinkIssued>();
        Event<ApprovalAttemptRefused>();
        Event<ApprovalReminded>();
        Event<ApprovalEscalated>();
        Event<ApprovalLapsed>();
        Event<DisclosureDecided>();
        Event<DisclosureMade>();
        Event<DateChanged>();
        Event<EligibilityAdded>();
        Event<PreExitReviewRecorded>();
        model.On<CaseClosed>((state, happened, info) => state with { Exit = new(happened.Reason, happened.LastDay, happened.Explanation, info.At) });

        void Event<TEvent>(CaseScope scope = CaseScope.Whole)
            where TEvent : CaseEvent =>
            feature.Event<TEvent>((CaseState state, TEvent happened, EventInfo info) => CaseApply.Apply(state, happened, info.At, info.ActorId), scope);
    }

    private sealed record LegacyState;
}
