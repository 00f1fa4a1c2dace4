using Microsoft.DurableTask;

namespace MappaFlows.Workflows.Orchestrations;

/// <summary>Looks how the case will end.</summary>
public sealed class ReadExit(CaseClock clock) : ExitStep(clock);

/// <summary>Asks the lead agency for its review before the end.</summary>
public sealed class RemindOfPreExitReview(CaseClock clock) : ExitStep(clock, ExitObligations.ReviewBeforeExit);

/// <summary>Tells the coordinators that the review before the end is late.</summary>
public sealed class EscalatePreExitReview(CaseClock clock) : ExitStep(clock, ExitObligations.ReviewBeforeExit);

/// <summary>Lets the next category that still holds take over from the one that has ended.</summary>
public sealed class HandOverToNextCategory(CaseClock clock) : ExitStep(clock, ExitObligations.ChangeCategory);

/// <summary>Tells the lead agency and the coordinators what is not done in a case that closes soon.</summary>
public sealed class WarnOfClosing(CaseClock clock) : ExitStep(clock, ExitObligations.CloseCase);

/// <summary>Closes the case after its last day.</summary>
public sealed class CloseCase(CaseClock clock) : ExitStep(clock, ExitObligations.CloseCase);

/// <summary>A step towards the end of a case: carries out what is due, and reports what comes next.</summary>
/// <param name="clock">Acts for the clock.</param>
/// <param name="due">The obligation for which it wakes; null to look only.</param>
public abstract class ExitStep(CaseClock clock, ObligationKind? due = null) : TaskActivity<CaseInput, ExitStatus>
{
    public override async Task<ExitStatus> RunAsync(TaskActivityContext context, CaseInput input)
    {
        var timetable = due is not null ? await clock.CarryOutAsync(input.Reference) : await clock.ReadAsync(input.Reference);
        if (!timetable.Case.IsManaged) return new() { IsOpen = false };
        return new()
        {
            IsOpen = true,
            PreExitReviewAt = timetable.RemindAt(ExitObligations.ReviewBeforeExit),
            PreExitReviewBy = timetable.EscalateAt(ExitObligations.ReviewBeforeExit),
            CategoryEndsAt = timetable.ExpiresAt(ExitObligations.ChangeCategory),
            ClosesAt = timetable.ExpiresAt(ExitObligations.CloseCase),
            WarnAt = timetable.RemindAt(ExitObligations.CloseCase),
        };
    }
}
