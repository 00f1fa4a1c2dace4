namespace MappaFlows.Workflows.Orchestrations;

/// <summary>The orchestrations that a case has, as starting them is written into the outbox.</summary>
public static class CaseOrchestrations
{
    /// <summary>That of the whole case.</summary>
    public static StartOrchestration Lifecycle(CaseReference reference) =>
        new(nameof(CaseLifecycle), new CaseInstanceIds(reference).Lifecycle);

    /// <summary>Those that the lifecycle of a case keeps at its stage.</summary>
    public static IEnumerable<StartOrchestration> UnderLifecycle(CaseState state)
    {
        var ids = new CaseInstanceIds(state.Reference);
        return state.IsManaged
            ? [new(nameof(LevelReview), ids.Review), new(nameof(ExitWatch), ids.Exit)]
            : [new(nameof(Screening), ids.Screening)];
    }

    /// <summary>Those of the requests for approval that are open.</summary>
    public static IEnumerable<StartOrchestration> Approvals(CaseState state)
    {
        var ids = new CaseInstanceIds(state.Reference);
        return state.Disclosures
            .Where(disclosure => disclosure.Stage == DisclosureStage.AwaitingApproval)
            .Select(disclosure => Approval(ids, disclosure.Number, disclosure.Request));
    }

    /// <summary>Those of approvals that are to be used, and of proposals that are to be changed.</summary>
    public static IEnumerable<StartOrchestration> FollowUps(Timetable timetable)
    {
        var ids = new CaseInstanceIds(timetable.Case.Reference);
        return timetable.Case.Disclosures
            .Where(disclosure => DisclosureFollowUp.Waits(timetable, disclosure.Number))
            .Select(disclosure => FollowUp(ids, disclosure.Number, disclosure.Request));
    }

    public static StartOrchestration FollowUp(CaseInstanceIds ids, int disclosure, int request) =>
        new(nameof(DisclosureFollowUp), ids.FollowUp(disclosure, request), disclosure, request);

    public static StartOrchestration Approval(CaseInstanceIds ids, int disclosure, int request) =>
        new(nameof(DisclosureApproval), ids.Approval(disclosure, request), disclosure, request);
}
