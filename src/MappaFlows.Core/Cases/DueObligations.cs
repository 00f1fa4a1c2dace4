namespace MappaFlows.Core.Cases;

/// <summary>
/// What the clock does: reminds once, escalates once, lets an approval lapse, hands over to the next category, and closes the case at its date.
/// It may be asked at any time and any number of times: only what is due by now and not yet done makes an event.
/// </summary>
internal static class DueObligations
{
    public static Decision Decide(CaseModel model, CaseState state, DoWhatIsDue command, CaseContext context)
    {
        var timetable = model.TimetableOf(state, context.Policy, context.Calendar);
        var events = new List<CaseEvent>();
        foreach (var obligation in timetable.Obligations.Where(obligation => command.Part is null || obligation.Part == command.Part))
        {
            switch (obligation.Kind)
            {
                case ObligationKind.Exit when IsDue(obligation, context):
                    return Decision.Accept([.. events, ExitAtDate(state, obligation)]);
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

    private static CaseClosed ExitAtDate(CaseState state, Obligation exit)
    {
        var last = state.Bases.Where(basis => basis.EndsOn == exit.Due!.Day).MinBy(basis => basis.Category)!;
        var reason = last.Category switch
        {
            Category.Category1 => ExitReason.NotificationEnded,
            Category.Category2 => ExitReason.SentenceExpired,
            _ => ExitReason.TerrorismRequirementEnded,
        };
        return new(reason, exit.Due!.Day, exit.Due.Explanation);
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
