using Microsoft.DurableTask;

namespace MappaFlows.Workflows.Orchestrations;

/// <summary>Looks whether the request is still open.</summary>
public sealed class ReadApproval(CaseClock clock) : ApprovalStep(clock, carriesOut: false);

/// <summary>Emails the approver again, with a new link.</summary>
public sealed class RemindApprover(CaseClock clock) : ApprovalStep(clock);

/// <summary>Lets the deputy decide too, and asks them.</summary>
public sealed class AskDeputy(CaseClock clock) : ApprovalStep(clock);

/// <summary>Ends the request: no one decided in time.</summary>
public sealed class LapseRequest(CaseClock clock) : ApprovalStep(clock);

/// <summary>A step of an approval: carries out what is due, and reports what comes next.</summary>
public abstract class ApprovalStep(CaseClock clock, bool carriesOut = true) : TaskActivity<ApprovalInput, ApprovalStatus>
{
    public override async Task<ApprovalStatus> RunAsync(TaskActivityContext context, ApprovalInput input)
    {
        var timetable = carriesOut
            ? await clock.CarryOutAsync(input.Reference)
            : await clock.ReadAsync(input.Reference);
        var disclosure = timetable.Case.Disclosures.FirstOrDefault(
            found => found.Number == input.Disclosure && found.Request == input.Request);
        if (disclosure is null) return new() { IsOpen = false, Outcome = "Replaced" };
        if (disclosure.Stage != DisclosureStage.AwaitingApproval)
            return new() { IsOpen = false, Outcome = disclosure.Stage.ToString() };
        return new()
        {
            IsOpen = true,
            RemindAt = timetable.RemindAt(DisclosureObligations.DecideDisclosure, input.Disclosure),
            EscalateAt = timetable.EscalateAt(DisclosureObligations.DecideDisclosure, input.Disclosure),
            LapseAt = timetable.ExpiresAt(DisclosureObligations.DecideDisclosure, input.Disclosure),
        };
    }
}
