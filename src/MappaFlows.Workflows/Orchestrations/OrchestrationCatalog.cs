using Microsoft.DurableTask;

namespace MappaFlows.Workflows.Orchestrations;

/// <summary>Every step of a case's orchestrations, by the obligation that it serves.</summary>
public static class OrchestrationCatalog
{
    public static IReadOnlyList<ObligationService> Services { get; } =
    [
        new(ScreeningObligations.DecideScreening, Remind: typeof(RemindCoordinator), Escalate: typeof(EscalateScreening)),
        new(ScreeningObligations.GiveInformation, Remind: typeof(RemindReferrer), Escalate: typeof(EscalateQuestion)),
        new(MeetingObligations.HoldMeeting, Remind: typeof(RemindToArrangeMeeting), Escalate: typeof(EscalateMeeting)),
        new(MeetingObligations.RecordMeeting, Remind: typeof(RemindToRecordMeeting), Escalate: typeof(EscalateMeetingRecord)),
        new(MeetingObligations.SendMinutes, Remind: typeof(RemindToSendMinutes), Escalate: typeof(EscalateMinutes)),
        new(Level1ReviewObligations.ReviewLevel1, Remind: typeof(RemindLeadAgency), Escalate: typeof(EscalateLevel1Review)),
        new(
            DisclosureObligations.DecideDisclosure,
            Remind: typeof(RemindApprover),
            Escalate: typeof(AskDeputy),
            Expire: typeof(LapseRequest)),
        new(
            DisclosureObligations.MakeDisclosure,
            Remind: typeof(RemindDiscloser),
            Escalate: typeof(EscalateDisclosure),
            Expire: typeof(EndApproval)),
        new(DisclosureObligations.ReviseDisclosure, Remind: typeof(RemindProposer), Escalate: typeof(EscalateRevision)),
        new(ExitObligations.ReviewBeforeExit, Remind: typeof(RemindOfPreExitReview), Escalate: typeof(EscalatePreExitReview)),
        new(ExitObligations.ChangeCategory, Expire: typeof(HandOverToNextCategory)),
        new(ExitObligations.CloseCase, Remind: typeof(WarnOfClosing), Expire: typeof(CloseCase)),
    ];

    /// <summary>Registers the orchestrations, what they read and every step, under the names of their classes.</summary>
    public static void AddTo(DurableTaskRegistry registry)
    {
        registry
            .AddOrchestrator<CaseLifecycle>()
            .AddOrchestrator<Screening>()
            .AddOrchestrator<LevelReview>()
            .AddOrchestrator<DisclosureApproval>()
            .AddOrchestrator<DisclosureFollowUp>()
            .AddOrchestrator<ExitWatch>()
            .AddActivity<ReadScreening>()
            .AddActivity<ReadReviews>()
            .AddActivity<ReadApproval>()
            .AddActivity<ReadFollowUp>()
            .AddActivity<ReadExit>();
        foreach (var step in Services.SelectMany(service => service.Steps)) registry.AddActivity(step);
    }
}

/// <summary>The steps that serve one obligation.</summary>
/// <param name="Remind">Reminds those who owe it.</param>
/// <param name="Escalate">Goes above or beside them.</param>
/// <param name="Expire">Does what follows when its time is over.</param>
public sealed record ObligationService(ObligationKind Kind, Type? Remind = null, Type? Escalate = null, Type? Expire = null)
{
    public IEnumerable<Type> Steps => new[] { Remind, Escalate, Expire }.OfType<Type>();
}
