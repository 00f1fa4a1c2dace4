namespace MappaFlows.Core.Cases;

/// <summary>
/// The one mechanism of the clock: reminds once, escalates once, expires. It may be asked at any time and any number of times: only what is
/// due by now and not yet done makes an event.
/// </summary>
internal static class DueObligations
{
    public static Decision Decide(CaseModel model, CaseState state, DoWhatIsDue command, CaseContext context)
    {
        List<StreamEvent> events = [];
        foreach (var obligation in model.TimetableOf(state, context.Policy, context.Calendar).Obligations.Where(command.Means))
        {
            if (obligation.ExpiresAt <= context.Now)
            {
                events.AddRange(model.Expire(model.ApplyAll(state, state.Version, events, context), obligation, context));

                // Nothing more is owed by a case that is closed.
                if (events is [.., CaseClosed]) break;
                continue;
            }

            var due = obligation.Due?.At;
            var isOverdue = due <= context.Now;
            if (obligation.ToRemindAt <= context.Now && !isOverdue)
                events.Add(new ObligationReminded(obligation.Kind, obligation.Number, due));
            if (obligation.ToEscalateAt <= context.Now) events.Add(new ObligationEscalated(obligation.Kind, obligation.Number, due));
        }

        return Decision.Accept(events);
    }
}
