using Microsoft.AspNetCore.Mvc;

namespace MappaFlows.Web.Pages.Cases.Meetings;

/// <summary>Moves a meeting that is arranged.</summary>
public sealed class MoveModel(CaseCommands commands, PolicyBook policy, WorkingCalendar calendar) : MeetingPage(commands)
{
    [BindProperty]
    public MoveMeetingForm Input { get; set; } = new();

    public Deadline HoldBy => MeetingObligations.HoldBy(Case, policy, calendar);

    /// <summary>Asked only where the new day is past the clock, which the decision says.</summary>
    public bool AsksWhyLate => !string.IsNullOrEmpty(Input.LateReason) || ModelState.ContainsKey($"{InputPrefix}.{nameof(Input.LateReason)}");

    protected override CaseCommand Kind => new MoveMeeting { Number = Number };

    public override string? BlockedReason => Case.IsManaged && Meeting.Outcome is null ? null : "This meeting is not waiting to be held.";

    public void OnGet() => Input = MoveMeetingForm.Of(Meeting);

    public Task<IActionResult> OnPostAsync()
    {
        Input.Check(ModelState, InputPrefix);
        return ExecuteAsync(
            new MoveMeeting
            {
                Number = Number,
                StartsAt = Input.Start,
                Minutes = Input.Length,
                Place = Input.Place,
                Reason = Input.Reason,
                LateReason = Input.LateReason,
            },
            MeetingPath,
            Input.Read);
    }
}

/// <summary>What the form asks.</summary>
public sealed class MoveMeetingForm : SlotForm
{
    public string? Reason { get; set; }

    public string? LateReason { get; set; }

    public static MoveMeetingForm Of(Meeting meeting)
    {
        var answers = new MoveMeetingForm();
        answers.Fill(meeting);
        answers.LateReason = meeting.LateReason;
        return answers;
    }
}
