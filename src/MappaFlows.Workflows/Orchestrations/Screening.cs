using Microsoft.DurableTask;

namespace MappaFlows.Workflows.Orchestrations;

/// <summary>
/// A coordinator decides on each referral in time, and is reminded before; when the time is over the Chair is told. A question to the
/// referrer has the same time, and the decision's begins again with the answer. Ends when the referral is accepted or refused.
/// </summary>
public sealed class Screening : TaskOrchestrator<CaseInput, bool>
{
    /// <returns>Whether the referral was accepted.</returns>
    public override async Task<bool> RunAsync(TaskOrchestrationContext context, CaseInput input)
    {
        var steps = new Steps<ScreeningStatus>(context, input, nameof(ReadScreening));
        var screening = await steps.ReadAsync();
        while (screening.IsOpen)
        {
            screening = await steps.FirstOfAsync(
                (screening.RemindCoordinatorAt, nameof(RemindCoordinator)),
                (screening.DecideBy, nameof(EscalateScreening)),
                (screening.RemindReferrerAt, nameof(RemindReferrer)),
                (screening.AnswerBy, nameof(EscalateQuestion)));
        }

        return screening.IsAccepted;
    }
}

/// <summary>Whether a referral still waits for its decision, and what comes when it does not get one.</summary>
public sealed record ScreeningStatus : StepStatus
{
    public DateTimeOffset? RemindCoordinatorAt { get; init; }

    public DateTimeOffset? DecideBy { get; init; }

    public DateTimeOffset? RemindReferrerAt { get; init; }

    public DateTimeOffset? AnswerBy { get; init; }

    public bool IsAccepted { get; init; }
}
