using Microsoft.DurableTask;

namespace MappaFlows.Workflows.Orchestrations;

/// <summary>Looks whether the referral is decided.</summary>
public sealed class ReadScreening(CaseClock clock) : ScreeningStep(clock);

/// <summary>Reminds the coordinators of the decision.</summary>
public sealed class RemindCoordinator(CaseClock clock) : ScreeningStep(clock, ScreeningObligations.DecideScreening);

/// <summary>Tells the Chair that the decision is late.</summary>
public sealed class EscalateScreening(CaseClock clock) : ScreeningStep(clock, ScreeningObligations.DecideScreening);

/// <summary>Reminds the referrer of the question.</summary>
public sealed class RemindReferrer(CaseClock clock) : ScreeningStep(clock, ScreeningObligations.GiveInformation);

/// <summary>Tells the coordinators that the answer is late.</summary>
public sealed class EscalateQuestion(CaseClock clock) : ScreeningStep(clock, ScreeningObligations.GiveInformation);

/// <summary>A step of screening: carries out what is due, and reports what comes next.</summary>
/// <param name="clock">Acts for the clock.</param>
/// <param name="due">The obligation for which it wakes; null to look only.</param>
public abstract class ScreeningStep(CaseClock clock, ObligationKind? due = null) : TaskActivity<CaseInput, ScreeningStatus>
{
    public override async Task<ScreeningStatus> RunAsync(TaskActivityContext context, CaseInput input)
    {
        var timetable = due is not null ? await clock.CarryOutAsync(input.Reference) : await clock.ReadAsync(input.Reference);
        if (timetable.Case.Screening is { } result) return new() { IsOpen = false, IsAccepted = result.Accepted };
        return new()
        {
            IsOpen = true,
            RemindCoordinatorAt = timetable.RemindAt(ScreeningObligations.DecideScreening),
            DecideBy = timetable.EscalateAt(ScreeningObligations.DecideScreening),
            RemindReferrerAt = timetable.RemindAt(ScreeningObligations.GiveInformation),
            AnswerBy = timetable.EscalateAt(ScreeningObligations.GiveInformation),
        };
    }
}
