using Microsoft.DurableTask;

namespace MappaFlows.Workflows.Orchestrations;

/// <summary>
/// Watches for the end of a case, years ahead. The lead agency reviews it six months and again 28 days before. When one basis ends the next
/// that still holds takes over. Before the last day it warns of what is not done. At the end of it the case closes. A date that changes wakes it and moves every time.
/// </summary>
public sealed class ExitWatch : TaskOrchestrator<CaseInput, string>
{
    public override async Task<string> RunAsync(TaskOrchestrationContext context, CaseInput input)
    {
        var steps = new Steps<ExitStatus>(context, input, nameof(ReadExit));
        var exit = await steps.ReadAsync();
        while (exit.IsOpen)
        {
            exit = await steps.FirstOfAsync(
                (exit.PreExitReviewAt, nameof(RemindOfPreExitReview)),
                (exit.PreExitReviewBy, nameof(EscalatePreExitReview)),
                (exit.CategoryEndsAt, nameof(HandOverToNextCategory)),
                (exit.ClosesAt, nameof(CloseCase)),
                (exit.WarnAt, nameof(WarnOfClosing)));
        }

        return "Closed";
    }
}

/// <summary>Whether the person is managed, and what comes on the way to the end of the case.</summary>
public sealed record ExitStatus : StepStatus
{
    public DateTimeOffset? PreExitReviewAt { get; init; }

    public DateTimeOffset? PreExitReviewBy { get; init; }

    public DateTimeOffset? CategoryEndsAt { get; init; }

    public DateTimeOffset? ClosesAt { get; init; }

    public DateTimeOffset? WarnAt { get; init; }
}
