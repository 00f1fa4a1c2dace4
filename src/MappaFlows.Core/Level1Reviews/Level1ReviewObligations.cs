namespace MappaFlows.Core.Level1Reviews;

/// <summary>The lead agency's regular review of a level 1 case.</summary>
public static class Level1ReviewObligations
{
    public static ObligationKind ReviewLevel1 { get; } =
        new(nameof(ReviewLevel1), ObligationSteps.Remind | ObligationSteps.Escalate, Role.Coordinator);

    public static IReadOnlyList<ObligationKind> Kinds { get; } = [ReviewLevel1];

    /// <summary>The agency whose level 1 reviews have a clock of their own.</summary>
    private const string PoliceId = "police";

    public static IEnumerable<Obligation> Of(CaseState state, CaseClocks clocks)
    {
        if (!state.IsManaged || state.Level != ManagementLevel.Level1) yield break;
        var clock = state.LeadAgencyId == PoliceId ? ClockIds.ReviewLevel1Police : ClockIds.ReviewLevel1Probation;
        var due = clocks.After(Later(state.LevelSince!.Value, state.Level1Reviews.LastOrDefault()?.At), clock);
        yield return new(ReviewLevel1, state.Level1Reviews.Count + 1, due, new(Role.LeadAgencyManager))
        {
            RemindAt = clocks.DayBefore(due, ClockIds.ReviewReminder),
            EscalateAt = due.At,
        };
    }

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset? other) => other > one ? other.Value : one;
}
