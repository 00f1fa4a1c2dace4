using System.Globalization;
using Microsoft.AspNetCore.Mvc;

namespace MappaFlows.Web.Pages.Cases.Meetings;

/// <summary>Records that the minutes of a meeting went out.</summary>
public sealed class MinutesModel(CaseCommands commands) : MeetingPage(commands)
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

    public Task<IActionResult> OnPostAsync() => ExecuteAsync(new SendMinutes(Number), MeetingPath);
}
