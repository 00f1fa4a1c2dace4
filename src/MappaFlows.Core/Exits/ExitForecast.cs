namespace MappaFlows.Core.Exits;

/// <summary>
/// Who manages the person from now on and by which basis, and when it ends. It is a forecast: a change to any basis changes it.
/// </summary>
/// <param name="ManagementPeriods">
/// The stretches of time from today on, in order and without a gap. Empty when every basis has ended.
/// </param>
/// <param name="ExitDay">The last day on which any basis holds, or null when no date can be named.</param>
/// <param name="Outcome">What stands between the person and the exit.</param>
/// <param name="Explanation">One plain sentence about the exit.</param>
public sealed record ExitForecast(
    IReadOnlyList<ManagementPeriod> ManagementPeriods,
    DateOnly? ExitDay,
    ExitOutcome Outcome,
    string Explanation)
{
    /// <summary>
    /// The instant, in UTC, of the exit: the London midnight that ends <see cref="ExitDay"/>. Null when no date can be named.
    /// </summary>
    public DateTimeOffset? ExitAt => ExitDay is { } day ? LondonTime.EndOf(day) : null;

    /// <summary>The forecast for a case; null while it is not managed, and where its bases are not shown.</summary>
    public static ExitForecast? Of(CaseState state) => state is { IsManaged: true, AcceptedAt: { } accepted } && state.Bases.Count > 0
        ? From(state.Bases, LondonTime.Today(accepted), state.PreExitReviews.LastOrDefault() is { ConsiderCategory3: false })
        : null;

    /// <summary>Forecasts from every basis ever recorded.</summary>
    /// <param name="bases">Every basis of the case, ended ones included.</param>
    /// <param name="today">The day in London.</param>
    /// <param name="category3Considered">
    /// Whether it is recorded that Category 3 was considered and is not needed once the other bases end.
    /// </param>
    /// <param name="rules">The rules, or null for those that come with the product.</param>
    public static ExitForecast From(
        IReadOnlyCollection<EligibilityBasis> bases, DateOnly today, bool category3Considered = false, EligibilityRules? rules = null)
    {
        if (bases.Count == 0)
            return new ExitForecast([], null, ExitOutcome.NoBasis, "No basis for management is recorded.");

        var successions = PeriodsOf(bases, today, rules ?? EligibilityRules.Default);
        var open = bases.Where(b => b.EndsOn is null).ToList();
        if (open.Find(b => b.Indefinite) is { } indefinite)
        {
            return new ExitForecast(
                successions,
                null,
                ExitOutcome.Indefinite,
                $"There is no exit date: {EndRules.Describe(indefinite.EndRule)} of {Name(indefinite)} has no end.");
        }

        if (open.Find(b => b.Category != Category.Category3) is { } unknown)
        {
            return new ExitForecast(
                successions,
                null,
                ExitOutcome.EndDateNeeded,
                $"There is no exit date: the day on which {EndRules.Describe(unknown.EndRule)} of {Name(unknown)} ends is not recorded.");
        }

        if (open.Count > 0)
        {
            return new ExitForecast(
                successions,
                null,
                ExitOutcome.Category3Decision,
                "There is no exit date: Category 3 ends by a recorded decision that formal meetings are no longer needed.");
        }

        var last = bases.MaxBy(b => b.EndsOn!.Value)!;
        var day = last.EndsOn!.Value;
        var when = $"{(day < today ? "The last basis ended" : "The exit is")} at the end of {PlainDate.Of(day)}, "
            + $"when {EndRules.Describe(last.EndRule)} of {Name(last)} {(day < today ? "ended" : "ends")}.";

        // Someone whose last basis is Category 3 has left it by a decision, so there is nothing more to consider.
        var considered = category3Considered || bases.Any(b => b.Category == Category.Category3 && b.EndsOn == day);
        return considered
            ? new ExitForecast(successions, day, ExitOutcome.OnDay, when)
            : new ExitForecast(
                successions, day, ExitOutcome.Category3ConsiderationNeeded, $"{when} Before that, Category 3 must be considered.");
    }

    private static List<ManagementPeriod> PeriodsOf(IReadOnlyCollection<EligibilityBasis> bases, DateOnly today, EligibilityRules rules)
    {
        // The basis that manages can only change where one starts or on the day after one ends.
        var changes = bases.Select(b => b.StartsOn)
            .Concat(bases.Where(b => b.EndsOn is { } end && end < DateOnly.MaxValue).Select(b => b.EndsOn!.Value.AddDays(1)))
            .Where(d => d > today)
            .Prepend(today)
            .Distinct()
            .Order()
            .ToList();

        var stretches = new List<(DateOnly From, EligibilityBasis? Basis)>();
        foreach (var day in changes)
        {
            var basis = EligibilityAssessment.On(bases, day, rules);
            if (stretches.Count == 0 || stretches[^1].Basis != basis)
                stretches.Add((day, basis));
        }

        // After the last basis there is nothing to manage.
        if (stretches[^1].Basis is null)
            stretches.RemoveAt(stretches.Count - 1);

        var result = new List<ManagementPeriod>();
        for (var i = 0; i < stretches.Count; i++)
        {
            var (from, basis) = stretches[i];
            var lastDay = i + 1 < stretches.Count ? stretches[i + 1].From.AddDays(-1) : basis!.EndsOn;
            result.Add(new ManagementPeriod(from, lastDay, basis, Explain(from, lastDay, basis, takesOver: i > 0)));
        }

        return result;
    }

    private static string Explain(DateOnly from, DateOnly? lastDay, EligibilityBasis? basis, bool takesOver)
    {
        var through = lastDay is { } last ? $"until the end of {PlainDate.Of(last)}" : "with no end date";
        if (basis is null)
            return $"From {PlainDate.Of(from)} {through} no basis holds. The case stays open because a later basis is recorded.";

        var start = takesOver ? $"takes over on {PlainDate.Of(from)}" : "manages the case now";
        var why = lastDay is null ? "" : basis.EndsOn == lastDay ? $", when {EndRules.Describe(basis.EndRule)} ends" : ", when another basis goes before it";
        return $"{Name(basis)} {start}, {through}{why}.";
    }

    private static string Name(EligibilityBasis basis) => $"Category {(int)basis.Category}";
}
