namespace MappaFlows.Core.Cases;

/// <summary>
/// The one mechanism of the clock: reminds once, escalates once, tells again, expires. It may be asked at any time and any number of times:
/// only what is due by now and not yet done makes an event.
/// </summary>
/// <remarks>
/// After a pause everything is done that would have been done without it, and in the same order: by when each was due, and each from the
/// case as the one before left it. Only emails that would be untrue by then are left out. What repeats is done once for all its times.
/// </remarks>
internal static class DueObligations
{
    public static Decision Decide(CaseModel model, CaseState state, DoWhatIsDue command, CaseContext context)
    {
        List<StreamEvent> events = [];
        HashSet<(ObligationKind, int?, DateTimeOffset?, ObligationSteps)> done = [];
        var present = state;
        while (Next() is var (obligation, step))
        {
            done.Add((obligation.Kind, obligation.Number, obligation.Due?.At, step));
            List<StreamEvent> made = [.. EventsOf(model, present, obligation, step, context)];
            events.AddRange(made);

            // Nothing more is owed by a case that is closed, and no one is written to about what was owed before.
            if (made is [.., CaseClosed]) return Decision.Accept([.. events.Select(AsLate)]);
            present = model.ApplyAll(present, present.Version, made, context);
        }

        return Decision.Accept(events);

        (Obligation Obligation, ObligationSteps Step)? Next() => model.TimetableOf(present, context.Policy, context.Calendar).Obligations
            .Where(command.Means)
            .SelectMany(obligation => StepsOf(obligation).Select(step => (Obligation: obligation, step.At, step.Step)))
            .Where(act => act.At <= context.Now
                && !done.Contains((act.Obligation.Kind, act.Obligation.Number, act.Obligation.Due?.At, act.Step)))
            .OrderBy(act => act.At)
            .ThenBy(act => act.Step)
            .Select(act => ((Obligation, ObligationSteps)?)(act.Obligation, act.Step))
            .FirstOrDefault();
    }

    private static IEnumerable<(DateTimeOffset? At, ObligationSteps Step)> StepsOf(Obligation obligation) =>
    [
        (obligation.ToRemindAt, ObligationSteps.Remind),
        (obligation.ToEscalateAt, ObligationSteps.Escalate),
        (obligation.ExpiresAt, ObligationSteps.Expire),
    ];

    private static IEnumerable<StreamEvent> EventsOf(
        CaseModel model, CaseState present, Obligation obligation, ObligationSteps step, CaseContext context)
    {
        var (kind, number, due) = (obligation.Kind, obligation.Number, obligation.Due?.At);
        var isOver = obligation.ExpiresAt <= context.Now;
        return step switch
        {
            ObligationSteps.Remind => [new ObligationReminded(kind, number, due, isOver || due <= context.Now)],
            ObligationSteps.Escalate when !obligation.IsEscalated => [new ObligationEscalated(kind, number, due, isOver)],
            ObligationSteps.Escalate =>
                [new ObligationStillOverdue(kind, number, due, present.Part<RemindersState>().TimesOf(obligation) + 1)],
            _ => model.Expire(present, obligation, context),
        };
    }

    private static StreamEvent AsLate(StreamEvent happened) => happened switch
    {
        ObligationReminded reminded => reminded with { Late = true },
        ObligationEscalated escalated => escalated with { Late = true },
        _ => happened,
    };
}
