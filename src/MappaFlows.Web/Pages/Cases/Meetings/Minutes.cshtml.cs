using System.Globalization;
using Microsoft.AspNetCore.Mvc;

namespace MappaFlows.Web.Pages.Cases.Meetings;

/// <summary>Records that the minutes of a meeting went out.</summary>
public sealed class MinutesModel(CaseCommands commands) : MeetingPage(commands), ICheckedPage
{
    public Deadline? Due => Timetable.Obligations
        .FirstOrDefault(obligation => obligation.Kind == MeetingObligations.SendMinutes && obligation.Number == Number)?.Due;

    protected override CaseCommand Kind => new SendMinutes(Number);

    public override string? BlockedReason => Meeting switch
    {
        { Outcome: null } => "The meeting has to be recorded before its minutes are sent.",
        { MinutesSentAt: not null } => "The minutes of this meeting were sent already.",
        _ => null,
    };

    public void OnGet()
    {
    }

    public Task<IActionResult> OnPostAsync() => CheckAsync(new SendMinutes(Number), CheckText, MeetingPath);

    private CheckText CheckText() => new($"Check before you record the minutes of meeting {Number}", "The minutes went out")
    {
        Answers =
        [
            new("Meeting", $"Meeting {Number}, {UkTime.DateAndTime(Meeting.StartsAt)}"),
            new("Invited", PeopleLabels.AgencyList(Meeting.Agencies)),
        ],
        Follows = ["It stays on record that the minutes went out today. That cannot be changed afterwards."],
    };
}
