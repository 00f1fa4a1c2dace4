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

    private static string Clock(CaseState state) =>
        state.Referral.Placement.IsEmergency ? ClockIds.ScreeningDecisionEmergency : ClockIds.ScreeningDecision;

    /// <summary>The clock of an emergency is too short for a reminder: the first email asks for it at once.</summary>
    private static DateTimeOffset? RemindAt(CaseState state, Deadline due, CaseClocks clocks) =>
        state.Referral.Placement.IsEmergency ? null : clocks.DayBefore(due, ClockIds.ScreeningReminder);

    private static IEnumerable<Obligation> Decision(CaseState state, CaseClocks clocks)
    {
        var due = clocks.After(state.ScreeningSince, Clock(state));
        yield return new(DecideScreening, null, due, new(Role.Coordinator))
        {
            RemindAt = RemindAt(state, due, clocks),
            EscalateAt = due.At,
        };
    }

    private static IEnumerable<Obligation> Information(CaseState state, CaseClocks clocks)
    {
        var due = clocks.After(state.InformationRequests[^1].AskedAt, Clock(state));
        yield return new(GiveInformation, null, due, new(null, state.ReferrerId))
        {
            RemindAt = RemindAt(state, due, clocks),
            EscalateAt = due.At,
        };
        yield return new(DecideScreening, null, null, new(Role.Coordinator));
    }
}
