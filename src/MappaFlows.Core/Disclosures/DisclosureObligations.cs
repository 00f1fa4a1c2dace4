using System.Globalization;

namespace MappaFlows.Core.Disclosures;

/// <summary>The approver's decision, and the act or the change that follows from it.</summary>
public static class DisclosureObligations
{
    public static IEnumerable<Obligation> Of(CaseState state, CaseClocks clocks) =>
        state.Disclosures.Select(disclosure => Of(state, disclosure, clocks)).OfType<Obligation>();

    /// <summary>Whether the reader of this narrowed case sees the obligation: with the disclosure that it belongs to.</summary>
    public static bool IsShown(Obligation obligation, CaseState narrowed) =>
        narrowed.Disclosures.Any(disclosure => Subject(disclosure) == obligation.Subject);

    /// <summary>The approver is reminded, the deputy is asked too, and then the request lapses.</summary>
    public static IEnumerable<CaseEvent> WhenDue(CaseState state, Obligation obligation, CaseContext context)
    {
        if (obligation.Kind != ObligationKind.DecideDisclosure) yield break;
        var disclosure = state.Disclosures.First(disclosure => Subject(disclosure) == obligation.Subject);
        var clock = ApprovalClock.Of(disclosure, context.Clocks(state));
        if (clock.LapseAt.At <= context.Now)
        {
            yield return new ApprovalLapsed(disclosure.Number);
            yield break;
        }

        if (clock.RemindAt.At <= context.Now && !disclosure.Reminded) yield return new ApprovalReminded(disclosure.Number);
        if (clock.EscalateAt.At <= context.Now && !disclosure.Escalated && disclosure.DeputyId is not null) yield return new ApprovalEscalated(disclosure.Number);
    }

    private static Obligation? Of(CaseState state, Disclosure disclosure, CaseClocks clocks) => (disclosure.Stage, state.IsManaged) switch
    {
        (DisclosureStage.AwaitingApproval, true) => Decide(disclosure, clocks),
        (DisclosureStage.ChangeRequested or DisclosureStage.Lapsed, true) =>
            new(ObligationKind.ReviseDisclosure, Subject(disclosure), null, null, new(null, disclosure.ProposedBy)),
        (DisclosureStage.Approved, _) => new(ObligationKind.MakeDisclosure, Subject(disclosure), null, null, new(null, disclosure.Content.DiscloserId)),
        _ => null,
    };

    private static Obligation Decide(Disclosure disclosure, CaseClocks clocks)
    {
        var clock = ApprovalClock.Of(disclosure, clocks);

        // Whichever comes first: policy may let the deputy be asked before the approver is reminded.
        DateTimeOffset?[] open =
        [
            disclosure.Reminded ? null : clock.RemindAt.At,
            disclosure.Escalated || disclosure.DeputyId is null ? null : clock.EscalateAt.At,
        ];
        return new(
            ObligationKind.DecideDisclosure,
            Subject(disclosure),
            clock.LapseAt,
            open.Min(),
            new(null, disclosure.ApproverId, disclosure.Escalated ? disclosure.DeputyId : null));
    }

    private static string Subject(Disclosure disclosure) => disclosure.Number.ToString(CultureInfo.InvariantCulture);
}
