using System.Globalization;

namespace MappaFlows.Core.Level1Reviews;

/// <summary>The lead agency's regular review of a level 1 case.</summary>
public static class Level1ReviewObligations
{
    /// <summary>The agency whose level 1 reviews have a clock of their own.</summary>
    private const string PoliceId = "police";

    public static IEnumerable<Obligation> Of(CaseState state, CaseClocks clocks)
    {
        if (!state.IsManaged || state.Level != ManagementLevel.Level1) yield break;
        var clock = state.LeadAgencyId == PoliceId ? ClockIds.ReviewLevel1Police : ClockIds.ReviewLevel1Probation;
        var due = clocks.After(Later(state.LevelSince!.Value, state.Level1Reviews.LastOrDefault()?.At), clock);
        var number = (state.Level1Reviews.Count + 1).ToString(CultureInfo.InvariantCulture);
        yield return new(ObligationKind.ReviewLevel1, number, due, clocks.DayBefore(due, ClockIds.ReviewReminder), new(Role.LeadAgencyManager));
    }

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset? other) => other > one ? other.Value : one;
}
