namespace MappaFlows.Core.Exits;

/// <summary>How a person leaves MAPPA by a decision, and the reviews before the day on which they leave by the calendar.</summary>
public static class ExitDecisions
{
    public static Decision RecordReview(CaseState state, RecordPreExitReview command, CaseContext context)
    {
        if (!state.IsManaged) return Decision.Conflict("The person is no longer managed. Nothing was changed.");
        var next = ExitForecast.Of(state)?.ExitDay is { } lastDay
            ? ExitObligations.Reviews(state, lastDay, context.Clocks(state)).MinBy(review => review.Due!.At)
            : null;
        if (next is null) return Decision.Conflict("No review before exit is due in this case. Nothing was changed.");
        if (next.RemindAt > context.Now)
        {
            return Decision.Conflict(
                $"The review before exit opens on {PlainDate.Of(LondonTime.Today(next.RemindAt.Value))}. Nothing was changed.");
        }

        var validation = new Validation();
        validation.Text(command.Conclusion, nameof(command.Conclusion), "what the review concluded");
        validation.Given(command.ConsiderCategory3, nameof(command.ConsiderCategory3), "Select whether Category 3 should be considered when this basis ends");
        return validation.HasFailed
            ? validation.Refused
            : Decision.Accept(new PreExitReviewRecorded(command.Conclusion, command.ConsiderCategory3!.Value));
    }

    public static Decision Decide(CaseState state, DecideExit command, CaseContext context)
    {
        if (state.Stage == CaseStage.Closed) return Decision.Conflict("The case is closed already. Nothing was changed.");
        if (!state.IsManaged) return Decision.Conflict("The person is not managed yet: decide the screening instead. Nothing was changed.");

        var validation = new Validation();
        if (validation.Given(command.Reason, nameof(command.Reason), "Select why the person is no longer managed"))
        {
            validation.Require(Enum.IsDefined(command.Reason.Value), nameof(command.Reason), "Select why the person is no longer managed");
            if (command.Reason is ExitReason.NotificationEnded or ExitReason.SentenceExpired or ExitReason.TerrorismRequirementEnded)
            {
                validation.Add(
                    nameof(command.Reason),
                    "The case ends by itself on that date. If the date is wrong, change the date; it cannot end before it");
            }

            validation.Require(
                command.Reason != ExitReason.MeetingsNoLongerNeeded || state.Category == Category.Category3,
                nameof(command.Reason),
                $"Only Category 3 ends by this decision: this case is in {state.Category.Name()} and ends on its date");
            validation.Require(
                command.Reason != ExitReason.MeetingsNoLongerNeeded
                    || state.Category != Category.Category3
                    || HoldingBeside(state, context.Today) is null,
                nameof(command.Reason),
                "Another basis still holds, so that the person stays managed");
        }

        if (validation.Given(command.LastDay, nameof(command.LastDay), "Enter the last day under MAPPA"))
        {
            validation.Require(command.LastDay <= context.Today, nameof(command.LastDay), "The last day must be today or in the past");
            validation.Require(
                command.LastDay >= LondonTime.Today(state.AcceptedAt!.Value),
                nameof(command.LastDay),
                $"The last day must not be before the case was accepted, {PlainDate.Of(LondonTime.Today(state.AcceptedAt.Value))}"
                    + (command.Reason == ExitReason.Death ? ": enter that day, and the day of the death in the reasons" : ""));
        }

        validation.Text(command.Reasons, nameof(command.Reasons), "the reasons and the evidence");
        return validation.HasFailed
            ? validation.Refused
            : Decision.Accept(new CaseClosed(command.Reason!.Value, command.LastDay!.Value, command.Reasons));
    }

    private static EligibilityBasis? HoldingBeside(CaseState state, DateOnly today) =>
        EligibilityAssessment.On([.. state.Bases.Where(basis => basis.Category != Category.Category3)], today);
}
