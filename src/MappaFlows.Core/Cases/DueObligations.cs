namespace MappaFlows.Core.Cases;

/// <summary>
/// What the clock does: reminds once, escalates once, and what a feature says of its own obligations. It may be asked at any time and any
/// number of times: only what is due by now and not yet done makes an event.
/// </summary>
internal static class DueObligations
{
    public static Decision Decide(CaseModel model, CaseState state, DoWhatIsDue command, CaseContext context)
    {
        var timetable = model.TimetableOf(state, context.Policy, context.Calendar);
        List<StreamEvent> events = [];
        foreach (var obligation in timetable.Obligations.Where(obligation => command.Part is null || obligation.Part == command.Part))
        {
            events.AddRange(model.WhenDue(obligation.Kind) is { } whenDue ? whenDue(state, obligation, context) : RemindOrEscalate(state, obligation, context.Now));

            // Nothing more is owed by a case that is closed.
            if (events is [.., CaseClosed]) break;
        }

        return Decision.Accept(events);
    }

    public static IEnumerable<CaseEvent> RemindOrEscalate(CaseState state, Obligation obligation, DateTimeOffset now)
    {
        if (obligation.IsDue(now))
        {
            if (!state.Escalated.Contains(obligation.Key)) yield return new ObligationEscalated(obligation.Kind, obligation.Key);
        }
        else if (obligation.RemindAt <= now && !state.Reminded.Contains(obligation.Key))
        {
            yield return new ObligationReminded(obligation.Kind, obligation.Key);
        }
    }
}
