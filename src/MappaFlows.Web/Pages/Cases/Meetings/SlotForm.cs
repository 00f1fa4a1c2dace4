using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace MappaFlows.Web.Pages.Cases.Meetings;

/// <summary>When and where a meeting is, as it is typed: UK local time.</summary>
public class SlotForm
{
    /// <summary>The day; the error about day and time as a whole stands here too.</summary>
    [Display(Name = "The day of the meeting")]
    public DateInput? StartsAt { get; set; }

    public string? Time { get; set; }

    public string? Minutes { get; set; }

    public string? Place { get; set; }

    /// <summary>The instant; null where day or time is missing or wrong, which <see cref="Check"/> says.</summary>
    public DateTimeOffset? Start => StartsAt?.Value is { } day && TimeInput.Read(Time) is { } time ? LondonTime.At(day, time) : null;

    /// <summary>
    /// The command's property of which <see cref="Check"/> says what is wrong; null where there is nothing wrong with it.
    /// </summary>
    public string? Read => Start is null ? nameof(ScheduleMeeting.StartsAt) : null;

    public int? Length => int.TryParse(Minutes is null ? null : TextPolicy.Clean(Minutes),
        NumberStyles.None, CultureInfo.InvariantCulture, out var minutes) ? minutes : null;

    /// <summary>Says what is wrong with the time as it was typed. The rest is the decision's to judge.</summary>
    public void Check(ModelStateDictionary state, string prefix)
    {
        if (TimeInput.Read(Time) is null)
            state.AddModelError($"{prefix}.{nameof(Time)}", string.IsNullOrWhiteSpace(Time) ? "Enter the time of the meeting" : "Enter a time, for example 10:30am or 14:30");
        if (StartsAt is null) state.AddModelError($"{prefix}.{nameof(StartsAt)}", "Enter the day of the meeting");
    }

    protected void Fill(Meeting meeting)
    {
        var local = LondonTime.ToLocal(meeting.StartsAt);
        StartsAt = DateInput.From(DateOnly.FromDateTime(local.DateTime));
        Time = TimeInput.Write(TimeOnly.FromDateTime(local.DateTime));
        Minutes = meeting.Minutes.ToString(CultureInfo.InvariantCulture);
        Place = meeting.Place;
    }
}
