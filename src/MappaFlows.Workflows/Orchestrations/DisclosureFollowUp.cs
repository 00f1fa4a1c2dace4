using Microsoft.DurableTask;

namespace MappaFlows.Workflows.Orchestrations;

/// <summary>
/// What follows from the answer to one request. An approved disclosure is made by its last day: the discloser is reminded, the approver and
/// the coordinators are told, and then the approval ends. A proposal that was not approved in time, or that is to be changed, is changed or
/// withdrawn: the proposer is reminded, then the coordinators are told. Ends when that is done, or another request replaces it.
/// </summary>
public sealed class DisclosureFollowUp : TaskOrchestrator<ApprovalInput, string>
{
    public override async Task<string> RunAsync(TaskOrchestrationContext context, ApprovalInput input)
    {
        var steps = new Steps<FollowUpStatus>(context, input, nameof(ReadFollowUp));
        var status = await steps.ReadAsync();
        while (status.IsOpen)
        {
            status = await steps.FirstOfAsync(
                (status.RemindDiscloserAt, nameof(RemindDiscloser)),
                (status.EscalateDisclosureAt, nameof(EscalateDisclosure)),
                (status.ApprovalEndsAt, nameof(EndApproval)),
                (status.RemindProposerAt, nameof(RemindProposer)),
                (status.EscalateRevisionAt, nameof(EscalateRevision)));
        }

        return status.Outcome;
    }

    /// <summary>Whether someone still has to make this disclosure, or to change or withdraw it.</summary>
    public static bool Waits(Timetable timetable, int disclosure) =>
        timetable.Find(DisclosureObligations.MakeDisclosure, disclosure) is not null
        || timetable.Find(DisclosureObligations.ReviseDisclosure, disclosure) is not null;
}

/// <summary>Whether the answer still has to be followed, and what comes when it is not.</summary>
public sealed record FollowUpStatus : StepStatus
{
    public DateTimeOffset? RemindDiscloserAt { get; init; }

    public DateTimeOffset? EscalateDisclosureAt { get; init; }

    public DateTimeOffset? ApprovalEndsAt { get; init; }

    public DateTimeOffset? RemindProposerAt { get; init; }

    public DateTimeOffset? EscalateRevisionAt { get; init; }

    /// <summary>The stage at which it ended, such as <c>Made</c>; <c>Replaced</c> where there is another request.</summary>
    public string Outcome { get; init; } = "";
}
