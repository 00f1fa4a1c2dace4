namespace MappaFlows.Core.Disclosures;

/// <summary>The approver's decision, and the act or the change that follows from it.</summary>
public static class DisclosureObligations
{
    public static ObligationKind DecideDisclosure { get; } =
        new(nameof(DecideDisclosure), ObligationSteps.Remind | ObligationSteps.Escalate | ObligationSteps.Expire);

    public static ObligationKind ReviseDisclosure { get; } =
        new(nameof(ReviseDisclosure), ObligationSteps.Remind | ObligationSteps.Escalate, Role.Coordinator);

    public static ObligationKind MakeDisclosure { get; } =
        new(nameof(MakeDisclosure), ObligationSteps.Remind | ObligationSteps.Escalate | ObligationSteps.Expire, Role.Coordinator);

    public static IReadOnlyList<ObligationKind> Kinds { get; } = [DecideDisclosure, ReviseDisclosure, MakeDisclosure];

    public static IEnumerable<Obligation> Of(CaseState state, CaseClocks clocks) =>
        state.Disclosures.Select(disclosure => Of(state, disclosure, clocks)).OfType<Obligation>()
            .Select(obligation => obligation with { AtClosing = AtClosing.Always });

    /// <summary>Whether the reader of this narrowed case sees the obligation: with the disclosure that it belongs to.</summary>
    public static bool IsShown(Obligation obligation, CaseState narrowed) =>
        narrowed.Disclosures.Any(disclosure => disclosure.Number == obligation.Number);

    /// <summary>A request that no one decided lapses, and an approval that no one used ends.</summary>
    public static IEnumerable<CaseEvent> Expire(CaseState state, Obligation obligation, CaseContext context) =>
        obligation.Kind == MakeDisclosure
            ? [new ApprovalEnded(obligation.Number!.Value, obligation.Due!.Day)]
            : [new ApprovalLapsed(obligation.Number!.Value)];

    private static Obligation? Of(CaseState state, Disclosure disclosure, CaseClocks clocks) => (disclosure.Stage, state.IsManaged) switch
    {
        (DisclosureStage.AwaitingApproval, true) => Decide(disclosure, clocks),
        (DisclosureStage.ChangeRequested or DisclosureStage.Lapsed or DisclosureStage.ApprovalEnded, true) => Revise(disclosure, clocks),
        (DisclosureStage.Approved, _) => Make(disclosure, clocks),
        _ => null,
    };

    private static Obligation Revise(Disclosure disclosure, CaseClocks clocks)
    {
        var due = clocks.After(disclosure.StageSince ?? disclosure.AskedAt, ClockIds.DisclosureRevision);
        return new(ReviseDisclosure, disclosure.Number, due, new(null, disclosure.ProposedBy))
        {
            RemindAt = clocks.DayBefore(due, ClockIds.DisclosureRevisionReminder),
            EscalateAt = due.At,
        };
    }

    /// <summary>An approval outlives the case only to its own last day.</summary>
    private static Obligation Make(Disclosure disclosure, CaseClocks clocks)
    {
        var clock = MakingClock.Of(disclosure, clocks);
        return new(MakeDisclosure, disclosure.Number, clock.LastDay, new(null, disclosure.DiscloserId))
        {
            RemindAt = clock.RemindAt,
            EscalateAt = clock.EscalateAt,
            ExpiresAt = clock.LastDay.At,
        };
    }

    private static Obligation Decide(Disclosure disclosure, CaseClocks clocks)
    {
        var clock = ApprovalClock.Of(disclosure, clocks);
        var owner = new ObligationOwner(null, disclosure.ApproverId, disclosure.Escalated ? disclosure.DeputyId : null);
        return new(DecideDisclosure, disclosure.Number, clock.LapseAt, owner)
        {
            RemindAt = clock.RemindAt.At,
            EscalateAt = disclosure.DeputyId is null ? null : clock.EscalateAt.At,
            ExpiresAt = clock.LapseAt.At,
        };
    }
}
