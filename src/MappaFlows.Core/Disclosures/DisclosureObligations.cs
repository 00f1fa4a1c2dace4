namespace MappaFlows.Core.Disclosures;

/// <summary>The approver's decision, and the act or the change that follows from it.</summary>
public static class DisclosureObligations
{
    public static ObligationKind DecideDisclosure { get; } =
        new(nameof(DecideDisclosure), ObligationSteps.Remind | ObligationSteps.Escalate | ObligationSteps.Expire);

    public static ObligationKind ReviseDisclosure { get; } = new(nameof(ReviseDisclosure));

    public static ObligationKind MakeDisclosure { get; } = new(nameof(MakeDisclosure));

    public static IReadOnlyList<ObligationKind> Kinds { get; } = [DecideDisclosure, ReviseDisclosure, MakeDisclosure];

    public static IEnumerable<Obligation> Of(CaseState state, CaseClocks clocks) =>
        state.Disclosures.Select(disclosure => Of(state, disclosure, clocks)).OfType<Obligation>();

    /// <summary>Whether the reader of this narrowed case sees the obligation: with the disclosure that it belongs to.</summary>
    public static bool IsShown(Obligation obligation, CaseState narrowed) =>
        narrowed.Disclosures.Any(disclosure => disclosure.Number == obligation.Number);

    /// <summary>A request that no one decided lapses.</summary>
    public static IEnumerable<CaseEvent> Lapse(CaseState state, Obligation obligation, CaseContext context) =>
        [new ApprovalLapsed(obligation.Number!.Value)];

    private static Obligation? Of(CaseState state, Disclosure disclosure, CaseClocks clocks) => (disclosure.Stage, state.IsManaged) switch
    {
        (DisclosureStage.AwaitingApproval, true) => Decide(disclosure, clocks),
        (DisclosureStage.ChangeRequested or DisclosureStage.Lapsed, true) => new(
            ReviseDisclosure,
            disclosure.Number,
            null,
            new(null, disclosure.ProposedBy)),
        (DisclosureStage.Approved, _) => new(MakeDisclosure, disclosure.Number, null, new(null, disclosure.Content.DiscloserId)),
        _ => null,
    };

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
