using Microsoft.DurableTask;

namespace MappaFlows.Workflows.Orchestrations;

/// <summary>
/// While a person is managed, the case is reviewed at the rhythm of its level: at level 2 and 3 by a meeting that is arranged, held,
/// recorded and minuted, at level 1 by the lead agency. Who owes the next step is reminded; when it is late it is escalated.
/// </summary>
public sealed class LevelReview : TaskOrchestrator<CaseInput, string>
{
    public override async Task<string> RunAsync(TaskOrchestrationContext context, CaseInput input)
    {
        var steps = new Steps<ReviewStatus>(context, input, nameof(ReadReviews));
        var review = await steps.ReadAsync();
        while (review.IsOpen)
        {
            review = await steps.FirstOfAsync(
                (review.ArrangeMeetingAt, nameof(RemindToArrangeMeeting)),
                (review.HoldMeetingBy, nameof(EscalateMeeting)),
                (review.RecordMeetingAt, nameof(RemindToRecordMeeting)),
                (review.RecordMeetingBy, nameof(EscalateMeetingRecord)),
                (review.SendMinutesAt, nameof(RemindToSendMinutes)),
                (review.SendMinutesBy, nameof(EscalateMinutes)),
                (review.Level1ReviewAt, nameof(RemindLeadAgency)),
                (review.Level1ReviewBy, nameof(EscalateLevel1Review)));
        }

        return "No longer managed";
    }
}

/// <summary>Whether the person is managed, and when each step of the reviews comes: <c>At</c> reminds, <c>By</c> escalates.</summary>
public sealed record ReviewStatus : StepStatus
{
    public DateTimeOffset? ArrangeMeetingAt { get; init; }

    public DateTimeOffset? HoldMeetingBy { get; init; }

    public DateTimeOffset? RecordMeetingAt { get; init; }

    public DateTimeOffset? RecordMeetingBy { get; init; }

    public DateTimeOffset? SendMinutesAt { get; init; }

    public DateTimeOffset? SendMinutesBy { get; init; }

    public DateTimeOffset? Level1ReviewAt { get; init; }

    public DateTimeOffset? Level1ReviewBy { get; init; }
}
