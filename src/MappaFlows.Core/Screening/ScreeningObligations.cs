namespace MappaFlows.Core.Screening;

/// <summary>The screening decision, and the answer to a coordinator's question.</summary>
public static class ScreeningObligations
{
    public static ObligationKind DecideScreening { get; } =
        new(nameof(DecideScreening), ObligationSteps.Remind | ObligationSteps.Escalate, Role.Chair);

    public static ObligationKind GiveInformation { get; } =
        new(nameof(GiveInformation), ObligationSteps.Remind | ObligationSteps.Escalate, Role.Coordinator);

    public static IReadOnlyList<ObligationKind> Kinds { get; } = [DecideScreening, GiveInformation];

    public static IEnumerable<Obligation> Of(CaseState state, CaseClocks clocks) => state.Stage switch
    {
        CaseStage.Screening => Decision(state, clocks),
        CaseStage.InformationRequested => Information(state, clocks),
        _ => [],
    };

    private static IEnumerable<Obligation> Decision(CaseState state, CaseClocks clocks)
    {
        var due = clocks.After(state.ScreeningSince, ClockIds.ScreeningDecision);
        yield return new(DecideScreening, null, due, new(Role.Coordinator))
        {
            RemindAt = clocks.DayBefore(due, ClockIds.ScreeningReminder),
            EscalateAt = due.At,
        };
    }

    private static IEnumerable<Obligation> Information(CaseState state, CaseClocks clocks)
    {
        var due = clocks.After(state.InformationRequests[^1].AskedAt, ClockIds.ScreeningDecision);
        yield return new(GiveInformation, null, due, new(null, state.ReferrerId))
        {
            RemindAt = clocks.DayBefore(due, ClockIds.ScreeningReminder),
            EscalateAt = due.At,
        };
        yield return new(DecideScreening, null, null, new(Role.Coordinator));
    }
}
