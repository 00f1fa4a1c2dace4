using MappaFlows.Core.Disclosures;
using MappaFlows.Core.Exits;

namespace MappaFlows.Core.Cases;

/// <summary>
/// What the clock does: reminds once, escalates once, lets an approval lapse, hands over to the next category, and closes the case at its date.
/// It may be asked at any time and any number of times: only what is due by now and not yet done makes an event.
/// </summary>
public static class ClockDecisions
{
    public static Decision Attend(Case @case, AttendToClocks command, DecisionContext context)
    {
        var agenda = CaseAgenda.Of(@case, context.Policy, context.Calendar);
        var events = new List<CaseEvent>();
        foreach (var duty in agenda.Duties.Where(duty => command.Part is null || duty.Part == command.Part))
        {
            switch (duty.Kind)
            {
                case DutyKind.Exit when IsDue(duty, context):
                    // The exit takes back what still waits for an approver, but not what has just lapsed.
                    var present = events.Aggregate(@case, (before, next) => CaseHistory.Apply(before, next, context.Now, context.Actor.Id));
                    return Decision.Accept([.. events, .. ExitAtDate(present, agenda)]);
                case DutyKind.ChangeCategory when IsDue(duty, context):
                    events.AddRange(TakeOver(@case, context));
                    break;
                case DutyKind.DecideDisclosure:
                    events.AddRange(Approval(@case, duty, context));
                    break;
                case DutyKind.Exit or DutyKind.ChangeCategory:
                    break;
                case var _ when IsDue(duty, context):
                    if (!@case.Escalated.Contains(duty.Key)) events.Add(new DutyEscalated(duty.Kind, duty.Key));
                    break;
                case var _ when duty.RemindAt <= context.Now:
                    if (!@case.Reminded.Contains(duty.Key)) events.Add(new DutyReminded(duty.Kind, duty.Key));
                    break;
            }
        }

        return Decision.Accept(events);
    }

    private static bool IsDue(Duty duty, DecisionContext context) => duty.Due is { } due && due.At <= context.Now;

    private static IEnumerable<CaseEvent> ExitAtDate(Case @case, CaseAgenda agenda)
    {
        var forecast = agenda.Forecast!;
        var last = @case.Bases.Where(basis => basis.EndsOn == forecast.ExitDay).MinBy(basis => basis.Category)!;
        var reason = last.Category switch
        {
            Category.Category1 => ExitReason.NotificationEnded,
            Category.Category2 => ExitReason.SentenceExpired,
            _ => ExitReason.TerrorismRequirementEnded,
        };
        return ExitDecisions.Close(@case, reason, forecast.ExitDay!.Value, agenda.Find(DutyKind.Exit)!.Due!.Explanation);
    }

    private static IEnumerable<CaseEvent> TakeOver(Case @case, DecisionContext context)
    {
        if (Eligibility.On(@case.Bases, context.Today) is { } next && next.Category != @case.Category)
        {
            yield return new CategoryChanged(
                @case.Category,
                next.Category,
                $"The basis in {@case.Category.Name()} ended; the one in {next.Category.Name()} still holds.");

            // Category 3 is nothing but formal meetings: somebody who came down to level 1 in another category goes up with it.
            if (@case.Level is { } level && Eligibility.LowestLevel(next.Category) is var lowest && level < lowest)
                yield return new LevelChanged(level, lowest, $"{next.Category.Name()} cannot be managed at {level.Name().ToLowerInvariant()}.");
        }
    }

    private static IEnumerable<CaseEvent> Approval(Case @case, Duty duty, DecisionContext context)
    {
        var disclosure = @case.Disclosures.First(disclosure => disclosure.Number.ToString(System.Globalization.CultureInfo.InvariantCulture) == duty.Subject);
        var clock = ApprovalClock.Of(@case, disclosure, context.Policy, context.Calendar);
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
