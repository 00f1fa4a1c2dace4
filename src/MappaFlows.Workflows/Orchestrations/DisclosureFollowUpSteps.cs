using Microsoft.DurableTask;

namespace MappaFlows.Workflows.Orchestrations;

/// <summary>Looks whether the answer still has to be followed.</summary>
public sealed class ReadFollowUp(CaseClock clock) : FollowUpStep(clock);

/// <summary>Reminds the discloser of the last day.</summary>
public sealed class RemindDiscloser(CaseClock clock) : FollowUpStep(clock, DisclosureObligations.MakeDisclosure);

/// <summary>Tells the approver and the coordinators that an approved disclosure is not made yet.</summary>
public sealed class EscalateDisclosure(CaseClock clock) : FollowUpStep(clock, DisclosureObligations.MakeDisclosure);

/// <summary>Ends the approval: it was not recorded as made by its last day.</summary>
public sealed class EndApproval(CaseClock clock) : FollowUpStep(clock, DisclosureObligations.MakeDisclosure);

/// <summary>Reminds the proposer to change or withdraw the proposal.</summary>
public sealed class RemindProposer(CaseClock clock) : FollowUpStep(clock, DisclosureObligations.ReviseDisclosure);

/// <summary>Tells the coordinators that a proposal was neither changed nor withdrawn.</summary>
public sealed class EscalateRevision(CaseClock clock) : FollowUpStep(clock, DisclosureObligations.ReviseDisclosure);

/// <summary>A step after an answer: carries out what is due, and reports what comes next.</summary>
/// <param name="clock">Acts for the clock.</param>
/// <param name="due">The obligation for which it wakes; null to look only.</param>
public abstract class FollowUpStep(CaseClock clock, ObligationKind? due = null) : TaskActivity<ApprovalInput, FollowUpStatus>
{
    public override async Task<FollowUpStatus> RunAsync(TaskActivityContext context, ApprovalInput input)
    {
        var number = input.Disclosure;
        var timetable = due is not null ? await clock.CarryOutAsync(input.Reference) : await clock.ReadAsync(input.Reference);
        var disclosure = timetable.Case.Disclosures.FirstOrDefault(found => found.Number == number && found.Request == input.Request);
        if (disclosure is null) return new() { IsOpen = false, Outcome = "Replaced" };
        if (!DisclosureFollowUp.Waits(timetable, number)) return new() { IsOpen = false, Outcome = disclosure.Stage.ToString() };
        return new()
        {
            IsOpen = true,
            RemindDiscloserAt = timetable.RemindAt(DisclosureObligations.MakeDisclosure, number),
            EscalateDisclosureAt = timetable.EscalateAt(DisclosureObligations.MakeDisclosure, number),
            ApprovalEndsAt = timetable.ExpiresAt(DisclosureObligations.MakeDisclosure, number),
            RemindProposerAt = timetable.RemindAt(DisclosureObligations.ReviseDisclosure, number),
            EscalateRevisionAt = timetable.EscalateAt(DisclosureObligations.ReviseDisclosure, number),
        };
    }
}
