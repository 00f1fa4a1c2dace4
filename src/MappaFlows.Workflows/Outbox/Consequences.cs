using MappaFlows.Core.Cases;
using MappaFlows.Core.Disclosures;
using MappaFlows.Core.People;
using MappaFlows.Workflows.Notifications;
using MappaFlows.Workflows.Orchestrations;

namespace MappaFlows.Workflows.Outbox;

/// <summary>What follows from events: which orchestration starts, which doorbell rings, who is told.</summary>
public static class Consequences
{
    public static IReadOnlyList<OutboxItem> Of(IReadOnlyList<RecordedEvent> events, Case @case, IReadOnlyList<Person> people)
    {
        var items = events.SelectMany(recorded => Orchestrations(recorded.Event, @case)).Distinct().ToList();
        items.AddRange(events
            .SelectMany(recorded => NotificationRules.For(recorded, @case, people))
            .Select(notification => new SendNotification(notification)));

        // A link changes no list, and the decision that it is for soon brings the case to the next anchor. An attempt that was refused is anchored for itself.
        if (events.Any(recorded => recorded.Event is not ApprovalLinkIssued)) items.Add(new RefreshCaseload());
        return items;
    }

    /// <summary>The orchestration of the whole case.</summary>
    public static StartOrchestration Lifecycle(CaseReference reference) => new(nameof(CaseLifecycle), new InstanceIds(reference).Lifecycle);

    /// <summary>The orchestrations that the lifecycle of a case keeps at its stage.</summary>
    public static IEnumerable<StartOrchestration> UnderLifecycle(Case @case)
    {
        var ids = new InstanceIds(@case.Reference);
        return @case.IsManaged
            ? [new(nameof(LevelReview), ids.Review), new(nameof(ExitWatch), ids.Exit)]
            : [new(nameof(Screening), ids.Screening)];
    }

    /// <summary>The requests for approval that are open.</summary>
    public static IEnumerable<StartOrchestration> Approvals(Case @case)
    {
        var ids = new InstanceIds(@case.Reference);
        return @case.Disclosures
            .Where(disclosure => disclosure.Stage == DisclosureStage.AwaitingApproval)
            .Select(disclosure => Approval(ids, disclosure.Number, disclosure.Request));
    }

    private static IEnumerable<OutboxItem> Orchestrations(CaseEvent @event, Case @case)
    {
        var ids = new InstanceIds(@case.Reference);
        return @event switch
        {
            ReferralSubmitted => [Lifecycle(@case.Reference)],
            MoreInformationAsked or MoreInformationGiven or ReferralAccepted or ReferralRefused => [new RingDoorbell(ids.Screening)],
            MeetingScheduled or MeetingMoved or MeetingRecorded or MinutesSent or Level1ReviewRecorded or LevelChanged => [new RingDoorbell(ids.Review)],
            DisclosureProposed proposed => [Approval(ids, proposed.Number, 1)],
            DisclosureRevised revised => Anew(ids, revised.Number, Request(@case, revised.Number)),
            DisclosureDecided decided => [new RingDoorbell(ids.Approval(decided.Number, Request(@case, decided.Number)))],
            DisclosureWithdrawn withdrawn => [new RingDoorbell(ids.Approval(withdrawn.Number, Request(@case, withdrawn.Number)))],
            DateChanged or EligibilityAdded or CategoryChanged or PreExitReviewRecorded => [new RingDoorbell(ids.Exit)],
            CaseClosed => [new RingDoorbell(ids.Review), new RingDoorbell(ids.Exit)],
            _ => [],
        };
    }

    /// <summary>A changed content ends the request that was open and begins another.</summary>
    private static IEnumerable<OutboxItem> Anew(InstanceIds ids, int disclosure, int request) =>
        [new RingDoorbell(ids.Approval(disclosure, request - 1)), Approval(ids, disclosure, request)];

    private static StartOrchestration Approval(InstanceIds ids, int disclosure, int request) =>
        new(nameof(DisclosureApproval), ids.Approval(disclosure, request), disclosure, request);

    private static int Request(Case @case, int disclosure) => @case.Disclosures.First(found => found.Number == disclosure).Request;
}
