namespace MappaFlows.Web.Tests.Labels;

/// <summary>When something is due, and in which part of the start page it stands.</summary>
public sealed class DueDayTests
{
    private static readonly DateTimeOffset Now = new(2026, 12, 1, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_day_is_shown_where_days_count()
    {
        var day = new DateOnly(2026, 12, 1);

        Assert.Equal(new DueDay(day, IsOverdue: false), DueDay.Of(Owed(LondonTime.EndOf(day), day), Now));
        Assert.True(DueDay.Of(Owed(LondonTime.EndOf(day.AddDays(-1)), day.AddDays(-1)), Now).IsOverdue);
        Assert.Equal(new DueDay(null, IsOverdue: false), DueDay.Of(Owed(null, null), Now));
    }

    [Theory]
    [InlineData("2026-12-01T09:00:30Z", "less than a minute left")]
    [InlineData("2026-12-01T09:01:00Z", "1 minute left")]
    [InlineData("2026-12-01T09:59:00Z", "59 minutes left")]
    [InlineData("2026-12-01T10:00:00Z", "1 hour left")]
    [InlineData("2026-12-03T09:00:00Z", "48 hours left")]
    [InlineData("2026-12-03T09:01:00Z", null)]
    public void The_hour_is_shown_where_hours_count_and_how_long_is_left(string due, string? left)
    {
        var at = DateTimeOffset.Parse(due, System.Globalization.CultureInfo.InvariantCulture);

        Assert.Equal(new DueDay(LondonTime.Today(at), IsOverdue: false, at, left), DueDay.Of(Owed(at, LondonTime.Today(at)), Now));
    }

    [Fact]
    public void A_moment_at_midnight_is_no_day()
    {
        var midnight = LondonTime.StartOf(new(2026, 12, 2));

        Assert.Equal(midnight, DueDay.Of(Owed(midnight, new(2026, 12, 2)), Now).At);
    }

    [Theory]
    [InlineData("2026-12-01T09:00:00Z", "overdue")]
    [InlineData("2026-12-01T09:00:01Z", "today")]
    [InlineData("2026-12-02T00:00:00Z", "today")]
    [InlineData("2026-12-02T00:00:01Z", "this-week")]
    [InlineData("2026-12-07T00:00:00Z", "this-week")]
    [InlineData("2026-12-07T00:00:01Z", "later")]
    [InlineData(null, "no-date")]
    public void Work_stands_in_its_part_of_the_day(string? due, string part)
    {
        DateTimeOffset? at = due is null ? null : DateTimeOffset.Parse(due, System.Globalization.CultureInfo.InvariantCulture);

        Assert.Equal(part, Assert.Single(WorkPart.Of([new(null!, Owed(at, null))], Now)).Id);
    }

    private static OwedObligation Owed(DateTimeOffset? due, DateOnly? day) =>
        new(ScreeningObligations.DecideScreening, null, due, day, Role.Coordinator, null);
}
