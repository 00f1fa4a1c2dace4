using MappaFlows.Core.Calendars;
using MappaFlows.Core.Cases;
using MappaFlows.Core.Disclosures;
using MappaFlows.Core.Policy;

namespace MappaFlows.Core.Exits;

/// <summary>How a person leaves MAPPA by a decision, and the reviews before the day on which they leave by the calendar.</summary>
public static class ExitDecisions
{
    public static Decision RecordReview(Case @case, RecordPreExitReview command, DecisionContext context)
    {
        if (!@case.IsManaged) return Decision.Conflict("The person is no longer managed. Nothing was changed.");
        var next = CaseAgenda.Of(@case, context.Policy, context.Calendar).Find(DutyKind.ReviewBeforeExit);
        if (next is null) return Decision.Conflict("No review before exit is due in this case. Nothing was changed.");
        if (next.RemindAt > context.Now)
        {
            return Decision.Conflict(
                $"The review before exit opens on {PlainDate.Of(LondonTime.Today(next.RemindAt.Value))}. Nothing was changed.");
        }

        var check = new Check();
        check.Text(command.Conclusion, nameof(command.Conclusion), "what the review concluded");
        check.Given(command.ConsiderCategory3, nameof(command.ConsiderCategory3), "Select whether Category 3 should be considered when this basis ends");
        return check.Failed
            ? check.Refused
            : Decision.Accept(new PreExitReviewRecorded(command.Conclusion, command.ConsiderCategory3!.Value));
    }

    public static Decision Decide(Case @case, DecideExit command, DecisionContext context)
    {
        if (@case.Stage == CaseStage.Closed) return Decision.Conflict("The case is closed already. Nothing was changed.");
        if (!@case.IsManaged) return Decision.Conflict("The person is not managed yet: decide the screening instead. Nothing was changed.");

        var check = new Check();
        if (check.Given(command.Reason, nameof(command.Reason), "Select why the person is no longer managed"))
        {
            check.That(Enum.IsDefined(command.Reason.Value), nameof(command.Reason), "Select why the person is no longer managed");
            if (command.Reason is ExitReason.NotificationEnded or ExitReason.SentenceExpired or ExitReason.TerrorismRequirementEnded)
            {
                check.Add(
                    nameof(command.Reason),
                    "The case ends by itself on that date. If the date is wrong, change the date; it cannot end before it");
            }

            check.That(
                command.Reason != ExitReason.MeetingsNoLongerNeeded || @case.Category == Category.Category3,
                nameof(command.Reason),
                $"Only Category 3 ends by this decision: this case is in {@case.Category.Name()} and ends on its date");
            check.That(
                command.Reason != ExitReason.MeetingsNoLongerNeeded || @case.Category != Category.Category3 || HoldingBeside(@case, context.Today) is null,
                nameof(command.Reason),
                "Another basis still holds, so that the person stays managed");
        }

        if (check.Given(command.LastDay, nameof(command.LastDay), "Enter the last day under MAPPA"))
        {
            check.That(command.LastDay <= context.Today, nameof(command.LastDay), "The last day must be today or in the past");
            check.That(
                command.LastDay >= LondonTime.Today(@case.Screening!.DecidedAt),
                nameof(command.LastDay),
                "The last day must not be before the case was accepted");
        }

        check.Text(command.Reasons, nameof(command.Reasons), "the reasons and the evidence");
        return check.Failed
            ? check.Refused
            : Decision.Accept([.. Close(@case, command.Reason!.Value, command.LastDay!.Value, command.Reasons)]);
    }

    /// <summary>Closes the case. Whatever waits for an approver is taken back: nothing may be disclosed on a decision after the exit.</summary>
    internal static IEnumerable<CaseEvent> Close(Case @case, ExitReason reason, DateOnly lastDay, string explanation)
    {
        foreach (var disclosure in @case.Disclosures)
        {
            if (disclosure.Stage is DisclosureStage.AwaitingApproval or DisclosureStage.ChangeAsked)
                yield return new DisclosureWithdrawn(disclosure.Number, "The case closed.");
        }

        yield return new CaseClosed(reason, lastDay, explanation);
    }

    private static EligibilityBasis? HoldingBeside(Case @case, DateOnly today) =>
        Eligibility.On([.. @case.Bases.Where(basis => basis.Category != Category.Category3)], today);
}
