using CsCheck;

namespace MappaFlows.Core.Tests.Calendars;

public class LondonTimeTests
{
    private static readonly Gen<DateOnly> Days = Gen
        .Int[new DateOnly(1900, 1, 1).DayNumber, new DateOnly(9998, 1, 1).DayNumber]
        .Select(DateOnly.FromDayNumber);

    [Theory]
    [InlineData("2026-01-15", "2026-01-15T00:00:00Z", "2026-01-16T00:00:00Z")]
    [InlineData("2026-06-15", "2026-06-14T23:00:00Z", "2026-06-15T23:00:00Z")]
    [InlineData("2026-03-29", "2026-03-29T00:00:00Z", "2026-03-29T23:00:00Z")] // 23 hours long
    [InlineData("2026-10-25", "2026-10-24T23:00:00Z", "2026-10-26T00:00:00Z")] // 25 hours long
    public void A_day_runs_from_midnight_to_midnight_in_London(string day, string start, string end)
    {
        var date = DateOnly.Parse(day);

        Assert.Equal(DateTimeOffset.Parse(start), LondonTime.StartOf(date));
        Assert.Equal(DateTimeOffset.Parse(end), LondonTime.EndOf(date));
        Assert.Equal(TimeSpan.Zero, LondonTime.EndOf(date).Offset);
    }

    [Theory]
    [InlineData("2026-06-14T22:59:59Z", "2026-06-14")]
    [InlineData("2026-06-14T23:00:00Z", "2026-06-15")]
    [InlineData("2026-12-31T23:59:59Z", "2026-12-31")]
    public void Today_is_the_day_in_London(string instant, string day) =>
        Assert.Equal(DateOnly.Parse(day), LondonTime.Today(DateTimeOffset.Parse(instant)));

    [Fact]
    public void The_local_time_is_the_same_instant_with_the_offset_of_summer_time() =>
        Assert.Equal(
            DateTimeOffset.Parse("2026-06-15T10:30:00+01:00").ToString("O"),
            LondonTime.ToLocal(DateTimeOffset.Parse("2026-06-15T09:30:00Z")).ToString("O"));

    [Fact]
    public void Each_day_ends_later_than_the_day_before_and_where_the_next_one_starts() => Days.Sample(day =>
    {
        Assert.True(LondonTime.EndOf(day) < LondonTime.EndOf(day.AddDays(1)));
        Assert.Equal(LondonTime.EndOf(day), LondonTime.StartOf(day.AddDays(1)));
        Assert.InRange(LondonTime.EndOf(day) - LondonTime.StartOf(day), TimeSpan.FromHours(23), TimeSpan.FromHours(25));
    });

    [Fact]
    public void Every_instant_of_a_day_belongs_to_that_day() => Gen.Select(Days, Gen.Double[0, 1]).Sample((day, part) =>
    {
        var start = LondonTime.StartOf(day);
        var within = start + ((LondonTime.EndOf(day) - start) * (part * 0.999999));

        Assert.Equal(day, LondonTime.Today(start));
        Assert.Equal(day, LondonTime.Today(within));
        Assert.Equal(day.AddDays(1), LondonTime.Today(LondonTime.EndOf(day)));
    });

    [Fact]
    public void A_day_of_any_age_can_be_asked_for() => Gen.Int[0, DateOnly.MaxValue.DayNumber].Sample(n =>
        Assert.True(LondonTime.StartOf(DateOnly.FromDayNumber(n)) < LondonTime.EndOf(DateOnly.FromDayNumber(n))));

    [Fact]
    public void The_last_day_that_can_be_written_ends_at_the_last_instant() =>
        Assert.Equal(DateTimeOffset.MaxValue, LondonTime.EndOf(DateOnly.MaxValue));
}
