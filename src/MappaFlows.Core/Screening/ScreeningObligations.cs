namespace MappaFlows.Core.Screening;

/// <summary>The screening decision, and the answer to a coordinator's question.</summary>
public static class ScreeningObligations
{
    public static IEnumerable<Obligation> Of(CaseState state, CaseClocks clocks) => state.Stage switch
    {
        CaseStage.Screening => Decision(state, clocks),
        CaseStage.InformationRequested => Information(state, clocks),
        _ => [],
    };

    private static IEnumerable<Obligation> Decision(CaseState state, CaseClocks clocks)
    {
        var due = clocks.After(state.ScreeningSince, ClockIds.ScreeningDecision);
        yield return new(ObligationKind.DecideScreening, "", due, clocks.DayBefore(due, ClockIds.ScreeningReminder), new(Role.Coordinator));
    }

    private static IEnumerable<Obligation> Information(CaseState state, CaseClocks clocks)
    {
        var due = clocks.After(state.InformationRequests[^1].AskedAt, ClockIds.ScreeningDecision);
        yield return new(ObligationKind.GiveInformation, "", due, clocks.DayBefore(due, ClockIds.ScreeningReminder), new(null, state.ReferrerId));
        yield return new(ObligationKind.DecideScreening, "", null, null, new(Role.Coordinator));
    }
}
