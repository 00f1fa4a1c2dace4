namespace MappaFlows.Core.Calendars;

/// <summary>Days as they are lived in England and Wales: they begin and end at midnight in London, summer time included.</summary>
public static class LondonTime
{
    private static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/London");

    /// <summary>The same instant, with London's offset.</summary>
    public static DateTimeOffset ToLocal(DateTimeOffset instant) => TimeZoneInfo.ConvertTime(instant, Zone);

    /// <summary>The day it is in London at that instant.</summary>
    public static DateOnly Today(DateTimeOffset instant) => DateOnly.FromDateTime(ToLocal(instant).DateTime);

    /// <summary>
    /// The instant, in UTC, of a time of day. A time that the clocks skip in spring is an hour later; of one that comes twice in autumn
    /// it is the second.
    /// </summary>
    public static DateTimeOffset At(DateOnly day, TimeOnly time)
    {
        var local = day.ToDateTime(time, DateTimeKind.Unspecified);
        return new DateTimeOffset(local, Zone.GetUtcOffset(local)).ToUniversalTime();
    }

    /// <summary>The instant, in UTC, of the midnight that begins the day.</summary>
    public static DateTimeOffset StartOf(DateOnly day)
    {
        // London's clocks change at 1am UTC, so a local midnight happens exactly once on every day.
        var midnight = day.ToDateTime(TimeOnly.MinValue, DateTimeKind.Unspecified);
        return new DateTimeOffset(midnight, Zone.GetUtcOffset(midnight)).ToUniversalTime();
    }

    /// <summary>
    /// The instant, in UTC, of the midnight that ends the day. The day itself is over at this instant.
    /// 31 December 9999 has no midnight that can be written, and ends at the last instant.
    /// </summary>
    public static DateTimeOffset EndOf(DateOnly day) =>
        day == DateOnly.MaxValue ? DateTimeOffset.MaxValue : StartOf(day.AddDays(1));
}
