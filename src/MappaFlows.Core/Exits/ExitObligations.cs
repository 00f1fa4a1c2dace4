namespace MappaFlows.Core.Exits;

/// <summary>The reviews before the exit, the end of a category, and the exit itself.</summary>
public static class ExitObligations
{
    public static ObligationKind ReviewBeforeExit { get; } = new(
        nameof(ReviewBeforeExit),
        ObligationSteps.Remind | ObligationSteps.Escalate,
        Role.Coordinator);

    public static ObligationKind ChangeCategory { get; } = new(nameof(ChangeCategory), ObligationSteps.Expire);

    public static ObligationKind CloseCase { get; } = new(nameof(CloseCase), ObligationSteps.Remind | ObligationSteps.Expire);

    public static IReadOnlyList<ObligationKind> Kinds { get; } = [ReviewBeforeExit, ChangeCategory, CloseCase];

    public static IEnumerable<Obligation> Of(CaseState state, CaseClocks clocks)
    {
        if (ExitForecast.Of(state) is not { } forecast) yield break;

        // A category that ends while another still holds is not an exit: the next one takes over.
        if (EndOfCategory(state) is { } ends && forecast.ExitDay != ends)
        {
            var period = forecast.ManagementPeriods.FirstOrDefault(
                period => period.LastDay == ends && period.Basis?.Category == state.Category);
            yield return Of(ChangeCategory, CaseClocks.EndOf(ends, period?.Explanation ?? forecast.Explanation));
        }

        if (forecast.ExitDay is not { } lastDay) yield break;
        foreach (var review in Reviews(state, lastDay, clocks)) yield return review;
        var closing = CaseClocks.EndOf(lastDay, forecast.Explanation);
        yield return Of(CloseCase, closing) with
        {
            RemindAt = clocks.DayBefore(closing, ClockIds.ClosingWarning),
            WarnsOfUndone = true,
        };
    }

    /// <summary>A category gives way to the next that holds, and the case closes at its date.</summary>
    public static IEnumerable<CaseEvent> Expire(CaseState state, Obligation obligation, CaseContext context) =>
        obligation.Kind == ChangeCategory
        ? NextCategory(state, context.Today)
        : [Close(state, obligation.Due!)];

    private static Obligation Of(ObligationKind kind, Deadline end) => new(kind, null, end, ObligationOwner.Clock) { ExpiresAt = end.At };

    private static IEnumerable<CaseEvent> NextCategory(CaseState state, DateOnly today)
    {
        if (EligibilityAssessment.On(state.Bases, today) is not { } next || next.Category == state.Category) yield break;
        yield return new CategoryChanged(
            state.Category,
            next.Category,
            $"The basis in {state.Category.Name()} ended; the one in {next.Category.Name()} still holds.");

        // Category 3 is nothing but formal meetings: someone who came down to level 1 in another category goes up with it.
        var lowest = EligibilityAssessment.LowestLevel(next.Category);
        if (state.Level is { } level && level < lowest)
            yield return new LevelChanged(level, lowest, $"{next.Category.Name()} cannot be managed at {level.Name().ToLowerInvariant()}.");
    }

    private static CaseClosed Close(CaseState state, Deadline exit)
    {
        var last = state.Bases.Where(basis => basis.EndsOn == exit.Day).MinBy(basis => basis.Category)!;
        var reason = last.Category switch
        {
            Category.Category1 => ExitReason.NotificationEnded,
            Category.Category2 => ExitReason.SentenceExpired,
            _ => ExitReason.TerrorismRequirementEnded,
        };
        return new(reason, exit.Day, exit.Explanation);
    }

    /// <summary>The reviews before this last day that are still to come.</summary>
    public static IEnumerable<Obligation> Reviews(CaseState state, DateOnly lastDay, CaseClocks clocks)
    {
        var first = clocks.Before(lastDay, ClockIds.PreExitFirst);
        var second = clocks.Before(lastDay, ClockIds.PreExitSecond);
        var opened = LondonTime.StartOf(clocks.Before(first.Day, ClockIds.ReviewReminder).Day);
        var held = state.PreExitReviews.Count(review => review.At >= opened);
        var reviews = new[] { first, second }.Where(review => review.At > state.AcceptedAt).ToList();
        for (var i = held; i < reviews.Count; i++)
        {
            yield return new(ReviewBeforeExit, reviews[i] == first ? 1 : 2, reviews[i], new(Role.LeadAgencyManager))
            {
                RemindAt = clocks.DayBefore(reviews[i], ClockIds.ReviewReminder),
                EscalateAt = reviews[i].At,
            };
        }
    }

    /// <summary>The last day of the category in force; null where one of its bases has no end, and so it has none either.</summary>
    private static DateOnly? EndOfCategory(CaseState state)
    {
        var ends = state.Bases.Where(basis => basis.Category == state.Category).Select(basis => basis.EndsOn).ToList();
        return ends.Contains(null) ? null : ends.Max();
    }
}
