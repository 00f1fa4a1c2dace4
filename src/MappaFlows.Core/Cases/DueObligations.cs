namespace MappaFlows.Core.Cases;

/// <summary>
/// What the clock does: reminds once, escalates once, lets an approval lapse, hands over to the next category, and closes the case at its date.
/// It may be asked at any time and any number of times: only what is due by now and not yet done makes an event.
/// </summary>
public static class DueObligations
{
    public static Decision Attend(CaseState state, DoWhatIsDue command, CaseContext context)
    {
        var timetable = Timetable.Of(state, context.Policy, context.Calendar);
        var events = new List<CaseEvent>();
        foreach (var obligation in timetable.Obligations.Where(obligation => command.Part is null || obligation.Part == command.Part))
        {
            switch (obligation.Kind)
            {
                case ObligationKind.Exit when IsDue(obligation, context):
                    // The exit takes back what still waits for an approver, but not what has just lapsed.
                    var present = events.Aggregate(state, (before, next) => CaseApply.Apply(before, next, context.Now, context.Actor.Id));
                    return Decision.Accept([.. events, .. ExitAtDate(present, timetable)]);
                case ObligationKind.ChangeCategory when IsDue(obligation, context):
                    events.AddRange(TakeOver(state, context));
                    break;
                case ObligationKind.DecideDisclosure:
                    events.AddRange(Approval(state, obligation, context));
                    break;
                case ObligationKind.Exit or ObligationKind.ChangeCategory:
                    break;
                case var _ when IsDue(obligation, context):
                    if (!state.Escalated.Contains(obligation.Key)) events.Add(new ObligationEscalated(obligation.Kind, obligation.Key));
                    break;
                case var _ when obligation.RemindAt <= context.Now:
                    if (!state.Reminded.Contains(obligation.Key)) events.Add(new ObligationReminded(obligation.Kind, obligation.Key));
                    break;
            }
        }

        return Decision.Accept(events);
    }

    private static bool IsDue(Obligation obligation, CaseContext context) => obligation.Due is { } due && due.At <= context.Now;

    private static IEnumerable<CaseEvent> ExitAtDate(CaseState state, Timetable timetable)
    {
        var forecast = timetable.Forecast!;
        var last = state.Bases.Where(basis => basis.EndsOn == forecast.ExitDay).MinBy(basis => basis.Category)!;
        var reason = last.Category switch
        {
            Category.Category1 => ExitReason.NotificationEnded,
            Category.Category2 => ExitReason.SentenceExpired,
            _ => ExitReason.TerrorismRequirementEnded,
        };
        return ExitDecisions.Close(state, reason, forecast.ExitDay!.Value, timetable.Find(ObligationKind.Exit)!.Due!.Explanation);
    }

    private static IEnumerable<CaseEvent> TakeOver(CaseState state, CaseContext context)
    {
        if (EligibilityAssessment.On(state.Bases, context.Today) is { } next && next.Category != state.Category)
        {
            yield return new CategoryChanged(
                state.Category,
                next.Category,
                $"The basis in {state.Category.Name()} ended; the one in {next.Category.Name()} still holds.");

            // Category 3 is nothing but formal meetings: somebody who came down to level 1 in another category goes up with it.
            if (state.Level is { } level && EligibilityAssessment.LowestLevel(next.Category) is var lowest && level < lowest)
                yield return new LevelChanged(level, lowest, $"{next.Category.Name()} cannot be managed at {level.Name().ToLowerInvariant()}.");
        }
    }

    private static IEnumerable<CaseEvent> Approval(CaseState state, Obligation obligation, CaseContext context)
    {
        var disclosure = state.Disclosures.First(disclosure => disclosure.Number.ToString(System.Globalization.CultureInfo.InvariantCulture) == obligation.Subject);
        var clock = ApprovalClock.Of(state, disclosure, context.Policy, context.Calendar);
        if (clock.LapseAt.At <= context.Now)
        {
            yield return new ApprovalLapsed(disclosure.Number);
            yield break;
        }

        if (clock.RemindAt.At <= context.Now && !disclosure.Reminded) yield return new ApprovalReminded(disclosure.Number);
        if (clock.EscalateAt.At <= context.Now && !disclosure.Escalated && disclosure.DeputyId is not null)
            yield return new ApprovalEscalated(disclosure.Number);
    }
}
