using Microsoft.DurableTask;

namespace MappaFlows.Workflows.Orchestrations;

/// <summary>
/// One request for one approval. The approver got a link when the disclosure was proposed. If they do not decide they are reminded, then
/// their deputy is asked as well, then the request lapses and nothing may be disclosed. Deciding, changing or withdrawing it ends it
/// sooner.
/// </summary>
public sealed class DisclosureApproval : TaskOrchestrator<ApprovalInput, string>
{
    public override async Task<string> RunAsync(TaskOrchestrationContext context, ApprovalInput input)
    {
        var steps = new Steps<ApprovalStatus>(context, input, nameof(ReadApproval));
        var approval = await steps.ReadAsync();
        while (approval.IsOpen)
        {
            approval = await steps.FirstOfAsync(
                (approval.RemindAt, nameof(RemindApprover)),
                (approval.EscalateAt, nameof(AskDeputy)),
                (approval.LapseAt, nameof(LapseRequest)));
        }

        return approval.Outcome;
    }
}

/// <summary>One request for approval of one disclosure: ids and nothing else.</summary>
public sealed record ApprovalInput(string Reference, int Disclosure, int Request);

/// <summary>Whether the request still waits for a decision, and what comes when it does not get one.</summary>
public sealed record ApprovalStatus : StepStatus
{
    public DateTimeOffset? RemindAt { get; init; }

    public DateTimeOffset? EscalateAt { get; init; }

    public DateTimeOffset? LapseAt { get; init; }

    /// <summary>
    /// How it ended: <c>Approved</c>, <c>Refused</c>, <c>ChangeRequested</c>, <c>Lapsed</c>, <c>Withdrawn</c>, <c>Made</c> or
    /// <c>Replaced</c>.
    /// </summary>
    public string Outcome { get; init; } = "";
}
