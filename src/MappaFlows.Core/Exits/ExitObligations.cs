namespace MappaFlows.Core.Exits;

/// <summary>The reviews before the exit, the end of a category, and the exit itself.</summary>
public static class ExitObligations
{
    public static IEnumerable<Obligation> Of(CaseState state, CaseClocks clocks)
    {
        if (ExitForecast.Of(state) is not { } forecast) yield break;

        // A category that ends while another still holds is not an exit: the next one takes over.
        if (EndOfCategory(state) is { } ends && forecast.ExitDay != ends)
        {
            var period = forecast.ManagementPeriods.FirstOrDefault(period => period.LastDay == ends && period.Basis?.Category == state.Category);
            yield return new(ObligationKind.ChangeCategory, "", CaseClocks.EndOf(ends, period?.Explanation ?? forecast.Explanation), null, ObligationOwner.Clock);
        }

        if (forecast.ExitDay is not { } lastDay) yield break;
        foreach (var review in Reviews(state, lastDay, clocks)) yield return review;
        yield return new(ObligationKind.Exit, "", CaseClocks.EndOf(lastDay, forecast.Explanation), null, ObligationOwner.Clock);
    }

    /// <summary>A category gives way to the next that holds, and the case closes at its date.</summary>
    public static IEnumerable<CaseEvent> WhenDue(CaseState state, Obligation obligation, CaseContext context) => obligation.Kind switch
    {
        ObligationKind.ReviewBeforeExit => DueObligations.RemindOrEscalate(state, obligation, context.Now),
        _ when !obligation.IsDue(context.Now) => [],
        ObligationKind.ChangeCategory => ChangeCategory(state, context.Today),
        _ => [Close(state, obligation.Due!)],
    };

    private static IEnumerable<CaseEvent> ChangeCategory(CaseState state, DateOnly today)
    {
        if (EligibilityAssessment.On(state.Bases, today) is not { } next || next.Category == state.Category) yield break;
        yield return new CategoryChanged(
            state.Category,
            next.Category,
            $"The basis in {state.Category.Name()} ended; the one in {next.Category.Name()} still holds.");

        // Category 3 is nothing but formal meetings: someone who came down to level 1 in another category goes up with it.
        if (state.Level is { } level && EligibilityAssessment.LowestLevel(next.Category) is var lowest && level < lowest)
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
            var subject = reviews[i] == first ? "first" : "second";
            yield return new(ObligationKind.ReviewBeforeExit, subject, reviews[i], clocks.DayBefore(reviews[i], ClockIds.ReviewReminder), new(Role.LeadAgencyManager));
        }
    }

    /// <summary>The last day of the category in force; null where one of its bases has no end, and so it has none either.</summary>
    private static DateOnly? EndOfCategory(CaseState state)
    {
        var ends = state.Bases.Where(basis => basis.Category == state.Category).Select(basis => basis.EndsOn).ToList();
        return ends.Contains(null) ? null : ends.Max();
    }
}
