using System.Globalization;
using System.Text.Json.Serialization;

namespace MappaFlows.Core.Policy;

/// <summary>How long a clock runs, and which way.</summary>
/// <param name="Amount">1 or more.</param>
/// <param name="Unit">What is counted.</param>
/// <param name="Direction">From what it is counted.</param>
public sealed record ClockLength(int Amount, ClockUnit Unit, ClockDirection Direction = ClockDirection.After)
{
    /// <summary>
    /// The day on which the clock ends. Months and years that would end on a day that does not exist end at the end of that month.
    /// A length in hours has no such day: it ends at an instant.
    /// </summary>
    /// <param name="start">The day from which it counts.</param>
    /// <param name="calendar">The working days. Only a length in working days needs it.</param>
    /// <exception cref="InvalidOperationException">The unit is hours, or working days without a calendar.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The result is past the first or last day that can be written.</exception>
    public DateOnly EndDay(DateOnly start, WorkingCalendar? calendar = null)
    {
        var n = Direction == ClockDirection.Before ? -Amount : Amount;
        return Unit switch
        {
            ClockUnit.WorkingDays when calendar is null =>
                throw new InvalidOperationException("A clock that counts working days needs a calendar."),
            ClockUnit.WorkingDays when Direction == ClockDirection.BeginningWith =>
                calendar.AddWorkingDays(calendar.AddWorkingDays(start, 0), Amount - 1),
            ClockUnit.WorkingDays => calendar.AddWorkingDays(start, n),
            ClockUnit.CalendarDays => DayBefore(start.AddDays(n)),
            ClockUnit.Weeks => DayBefore(start.AddDays(n * 7)),
            ClockUnit.Months => OfMonths(n),
            ClockUnit.Years => OfMonths(checked(n * 12)),
            _ => throw new InvalidOperationException("A clock that counts hours ends at an instant, not on a day."),
        };

        DateOnly DayBefore(DateOnly end) => Direction == ClockDirection.BeginningWith ? end.AddDays(-1) : end;

        // Ten years beginning with 29 February end on 28 February: that month's end is already the day before 1 March.
        DateOnly OfMonths(int months)
        {
            var end = start.AddMonths(months);
            return end.Day == start.Day ? DayBefore(end) : end;
        }
    }

    /// <summary>Such as "5 working days", without the direction.</summary>
    public override string ToString()
    {
        var unit = Unit switch
        {
            ClockUnit.Hours => "hour",
            ClockUnit.WorkingDays => "working day",
            ClockUnit.CalendarDays => "day",
            ClockUnit.Weeks => "week",
            ClockUnit.Months => "month",
            _ => "year",
        };
        return string.Create(CultureInfo.InvariantCulture, $"{Amount} {unit}{(Amount == 1 ? "" : "s")}");
    }
}

/// <summary>What a clock counts.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ClockUnit>))]
public enum ClockUnit
{
    /// <summary>Exact hours of 60 minutes: the clock ends at an instant.</summary>
    Hours,

    /// <summary>Working days of England and Wales.</summary>
    WorkingDays,

    /// <summary>Every day counts.</summary>
    CalendarDays,

    /// <summary>Seven days each.</summary>
    Weeks,

    /// <summary>Calendar months.</summary>
    Months,

    /// <summary>Calendar years.</summary>
    Years,
}

/// <summary>Where a clock counts from.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ClockDirection>))]
public enum ClockDirection
{
    /// <summary>The day on which it starts is not counted.</summary>
    After,

    /// <summary>Backwards from a day to come, which is not counted.</summary>
    Before,

    /// <summary>As statutes count: the day on which it starts is the first day.</summary>
    BeginningWith,
}
