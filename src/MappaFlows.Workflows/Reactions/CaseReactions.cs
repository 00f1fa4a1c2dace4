namespace MappaFlows.Workflows.Reactions;

/// <summary>What follows from events: which orchestration starts, which doorbell rings, who is told.</summary>
public sealed class CaseReactions : IReactions<CaseState>
{
    public IReadOnlyList<OutboxItem> To(IReadOnlyList<RecordedEvent> events, CaseState after, DecisionContext context) =>
        Of(events, after, ((CaseContext)context).People);

    public static IReadOnlyList<OutboxItem> Of(IReadOnlyList<RecordedEvent> events, CaseState state, IReadOnlyList<Person> people)
    {
        var items = events.SelectMany(recorded => Orchestrations(recorded.Event, state)).Distinct().ToList();
        items.AddRange(events
            .SelectMany(recorded => EmailRules.For(recorded, state, people))
            .Select(notification => new SubmitEmail(notification)));

        // A link changes no list, and the decision that it is for soon brings the case to the next anchor. An attempt that was refused is anchored for itself.
        if (events.Any(recorded => recorded.Event is not ApprovalLinkIssued)) items.Add(new RefreshCaseload());
        return items;
    }

    /// <summary>The orchestration of the whole case.</summary>
    public static StartOrchestration Lifecycle(CaseReference reference) => new(nameof(CaseLifecycle), new CaseInstanceIds(reference).Lifecycle);

    /// <summary>The orchestrations that the lifecycle of a case keeps at its stage.</summary>
    public static IEnumerable<StartOrchestration> UnderLifecycle(CaseState state)
    {
        var ids = new CaseInstanceIds(state.Reference);
        return state.IsManaged
            ? [new(nameof(LevelReview), ids.Review), new(nameof(ExitWatch), ids.Exit)]
            : [new(nameof(Screening), ids.Screening)];
    }

    /// <summary>The requests for approval that are open.</summary>
    public static IEnumerable<StartOrchestration> Approvals(CaseState state)
    {
        var ids = new CaseInstanceIds(state.Reference);
        return state.Disclosures
            .Where(disclosure => disclosure.Stage == DisclosureStage.AwaitingApproval)
            .Select(disclosure => Approval(ids, disclosure.Number, disclosure.Request));
    }

    private static IEnumerable<OutboxItem> Orchestrations(StreamEvent happened, CaseState state)
    {
        var ids = new CaseInstanceIds(state.Reference);
        return happened switch
        {
            ReferralSubmitted => [Lifecycle(state.Reference)],
            InformationRequested or InformationGiven or ReferralAccepted or ReferralRefused => [new SignalOrchestration(ids.Screening)],
            MeetingScheduled or MeetingMoved or MeetingRecorded or MinutesSent or Level1ReviewRecorded or LevelChanged => [new SignalOrchestration(ids.Review)],
            DisclosureProposed proposed => [Approval(ids, proposed.Number, 1)],
            DisclosureRevised revised => Anew(ids, revised.Number, Request(state, revised.Number)),
            DisclosureDecided decided => [new SignalOrchestration(ids.Approval(decided.Number, Request(state, decided.Number)))],
            DisclosureWithdrawn withdrawn => [new SignalOrchestration(ids.Approval(withdrawn.Number, Request(state, withdrawn.Number)))],
            DateChanged or EligibilityAdded or CategoryChanged or PreExitReviewRecorded => [new SignalOrchestration(ids.Exit)],
            CaseClosed => [new SignalOrchestration(ids.Review), new SignalOrchestration(ids.Exit)],
            _ => [],
        };
    }

    /// <summary>A changed content ends the request that was open and begins another.</summary>
    private static IEnumerable<OutboxItem> Anew(CaseInstanceIds ids, int disclosure, int request) =>
        [new SignalOrchestration(ids.Approval(disclosure, request - 1)), Approval(ids, disclosure, request)];

    private static StartOrchestration Approval(CaseInstanceIds ids, int disclosure, int request) =>
        new(nameof(DisclosureApproval), ids.Approval(disclosure, request), disclosure, request);

    private static int Request(CaseState state, int disclosure) => state.Disclosures.First(found => found.Number == disclosure).Request;
}
