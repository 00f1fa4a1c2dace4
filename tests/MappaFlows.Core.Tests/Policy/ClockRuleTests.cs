using System.Text.Json;
using CsCheck;

namespace MappaFlows.Core.Tests.Policy;

public class ClockRuleTests
{
    private static readonly WorkingCalendar Calendar = WorkingCalendar.EnglandAndWales;

    private static readonly Gen<DateOnly> Days = Gen
        .Int[new DateOnly(2010, 1, 1).DayNumber, new DateOnly(2075, 1, 1).DayNumber]
        .Select(DateOnly.FromDayNumber);

    private static readonly Gen<ClockUnit> Units = Gen.Enum<ClockUnit>();

    private static readonly Gen<ClockDirection> Directions = Gen.Enum<ClockDirection>();

    private static ClockRule Rule(int amount, ClockUnit unit, ClockDirection direction = ClockDirection.After) => new(
        "test", "Test", "the referral was received", new ClockLength(amount, unit, direction), "2026-01", SourceConfidence.ProjectDefault, "Test.");

    [Theory]
    [InlineData(5, ClockUnit.WorkingDays, ClockDirection.After, "2026-06-03", "2026-06-10")]
    [InlineData(1, ClockUnit.WorkingDays, ClockDirection.After, "2026-06-06", "2026-06-08")] // received on a Saturday
    [InlineData(10, ClockUnit.WorkingDays, ClockDirection.Before, "2026-04-07", "2026-03-20")]
    [InlineData(3, ClockUnit.WorkingDays, ClockDirection.BeginningWith, "2026-06-03", "2026-06-05")]
    [InlineData(1, ClockUnit.WorkingDays, ClockDirection.BeginningWith, "2026-06-06", "2026-06-08")]
    [InlineData(3, ClockUnit.CalendarDays, ClockDirection.After, "2026-06-03", "2026-06-06")] // may end on a Saturday
    [InlineData(3, ClockUnit.CalendarDays, ClockDirection.BeginningWith, "2026-06-03", "2026-06-05")]
    [InlineData(28, ClockUnit.CalendarDays, ClockDirection.Before, "2026-06-03", "2026-05-06")]
    [InlineData(16, ClockUnit.Weeks, ClockDirection.After, "2026-06-03", "2026-09-23")]
    [InlineData(6, ClockUnit.Months, ClockDirection.After, "2026-08-31", "2027-02-28")]
    [InlineData(6, ClockUnit.Months, ClockDirection.Before, "2026-08-31", "2026-02-28")]
    [InlineData(6, ClockUnit.Months, ClockDirection.BeginningWith, "2026-06-03", "2026-12-02")]
    [InlineData(15, ClockUnit.Years, ClockDirection.After, "2024-02-29", "2039-02-28")]
    [InlineData(10, ClockUnit.Years, ClockDirection.BeginningWith, "2024-02-29", "2034-02-28")]
    [InlineData(1, ClockUnit.Years, ClockDirection.BeginningWith, "2023-03-01", "2024-02-29")]
    [InlineData(10, ClockUnit.Years, ClockDirection.BeginningWith, "2016-06-03", "2026-06-02")]
    public void A_clock_that_counts_days_ends_with_the_last_day(
        int amount, ClockUnit unit, ClockDirection direction, string start, string day)
    {
        var due = Rule(amount, unit, direction).Due(DateOnly.Parse(start), Calendar);

        Assert.Equal(DateOnly.Parse(day), due.Day);
        Assert.Equal(LondonTime.EndOf(DateOnly.Parse(day)), due.At);
    }

    [Theory]
    [InlineData("2026-06-03T21:59:59Z", "2026-06-10")]
    [InlineData("2026-06-03T23:00:00Z", "2026-06-11")] // it is already the next day in London
    [InlineData("2026-12-03T23:00:00Z", "2026-12-10")] // it is not, in winter
    public void A_clock_that_counts_days_starts_on_the_day_it_is_in_London(string start, string day) =>
        Assert.Equal(DateOnly.Parse(day), Rule(5, ClockUnit.WorkingDays).Due(DateTimeOffset.Parse(start), Calendar).Day);

    [Theory]
    [InlineData(24, ClockDirection.After, "2026-06-03T09:15:00Z", "2026-06-04T09:15:00Z", "2026-06-04")]
    [InlineData(48, ClockDirection.After, "2026-03-28T12:00:00Z", "2026-03-30T12:00:00Z", "2026-03-30")] // over the change to summer time
    [InlineData(2, ClockDirection.After, "2026-06-03T21:30:00Z", "2026-06-03T23:30:00Z", "2026-06-04")]
    [InlineData(24, ClockDirection.Before, "2026-06-03T09:15:00+01:00", "2026-06-02T08:15:00Z", "2026-06-02")]
    public void A_clock_that_counts_hours_ends_at_the_exact_instant(
        int hours, ClockDirection direction, string start, string at, string day)
    {
        var due = Rule(hours, ClockUnit.Hours, direction).Due(DateTimeOffset.Parse(start), Calendar);

        Assert.Equal(DateTimeOffset.Parse(at), due.At);
        Assert.Equal(TimeSpan.Zero, due.At.Offset);
        Assert.Equal(DateOnly.Parse(day), due.Day);
    }

    [Fact]
    public void A_clock_that_counts_hours_and_is_given_a_day_starts_as_the_day_begins() =>
        Assert.Equal(
            DateTimeOffset.Parse("2026-06-03T23:00:00Z"), Rule(24, ClockUnit.Hours).Due(new DateOnly(2026, 6, 3), Calendar).At);

    [Fact]
    public void A_reminder_is_counted_from_the_day_that_something_is_due_and_not_from_the_midnight_after_it()
    {
        var due = Rule(5, ClockUnit.WorkingDays).Due(new DateOnly(2026, 6, 3), Calendar);

        var reminder = PolicyBook.Default.Clock(ClockIds.ScreeningReminder, "kent", due.Day).Due(due, Calendar);

        Assert.Equal(new DateOnly(2026, 6, 10), due.Day);
        Assert.Equal(new DateOnly(2026, 6, 9), reminder.Day);
        Assert.Equal(due.At - TimeSpan.FromDays(1), reminder.At);
    }

    [Fact]
    public void Hours_are_counted_from_the_instant_that_something_is_due()
    {
        var due = Rule(5, ClockUnit.WorkingDays).Due(new DateOnly(2026, 6, 3), Calendar);

        Assert.Equal(due.At.AddHours(24), Rule(24, ClockUnit.Hours).Due(due, Calendar).At);
    }

    [Fact]
    public void A_clock_that_counts_working_days_never_ends_on_a_day_off() =>
        Gen.Select(Days, Gen.Int[1, 100], Directions).Sample((day, n, direction) =>
            Assert.True(Calendar.IsWorkingDay(Rule(n, ClockUnit.WorkingDays, direction).Due(day, Calendar).Day)));

    [Fact]
    public void A_longer_clock_never_ends_earlier() =>
        Gen.Select(Days, Gen.Int[1, 60], Gen.Int[1, 60], Units, Directions.Where(d => d != ClockDirection.Before))
            .Sample((day, n, more, unit, direction) =>
                Assert.True(Rule(n, unit, direction).Due(day, Calendar).At < Rule(n + more, unit, direction).Due(day, Calendar).At));

    [Fact]
    public void A_clock_that_starts_later_never_ends_earlier() =>
        Gen.Select(Days, Gen.Int[1, 400], Gen.Int[1, 60], Units, Directions).Sample((day, later, n, unit, direction) =>
            Assert.True(Rule(n, unit, direction).Due(day, Calendar).At <= Rule(n, unit, direction).Due(day.AddDays(later), Calendar).At));

    [Fact]
    public void A_period_that_begins_with_a_day_is_followed_at_once_by_the_next_one() =>
        Gen.Select(Days.Where(d => d.Day <= 28), Gen.Int[1, 40], Units.Where(u => u is not (ClockUnit.Hours or ClockUnit.WorkingDays)))
            .Sample((day, n, unit) =>
            {
                var first = new ClockLength(n, unit, ClockDirection.BeginningWith).EndDay(day);
                var both = new ClockLength(2 * n, unit, ClockDirection.BeginningWith).EndDay(day);
                Assert.Equal(both, new ClockLength(n, unit, ClockDirection.BeginningWith).EndDay(first.AddDays(1)));
            });

    [Fact]
    public void A_length_that_has_no_day_or_no_calendar_says_so()
    {
        Assert.Throws<InvalidOperationException>(() => new ClockLength(1, ClockUnit.Hours).EndDay(new(2026, 1, 1), Calendar));
        Assert.Throws<InvalidOperationException>(() => new ClockLength(1, ClockUnit.WorkingDays).EndDay(new(2026, 1, 1)));
    }

    public static TheoryData<string, string, string> Explanations => new()
    {
        {
            ClockIds.ScreeningDecision,
            "2026-06-03T10:00:00Z",
            "5 working days after the referral was received on 3 June 2026. Policy edition 2026-01: project default."
        },
        {
            ClockIds.ApprovalReminder,
            "2026-06-03T08:15:00Z",
            "24 hours after the Chair was asked on 3 June 2026 at 9:15am. Policy edition 2026-01: project default."
        },
        {
            ClockIds.ApprovalLapse,
            "2026-06-03T11:00:00Z",
            "72 hours after the Chair was asked on 3 June 2026 at midday. Policy edition 2026-01: project default."
        },
        {
            ClockIds.RecallEmergency,
            "2026-12-03T00:00:00Z",
            "2 hours after the recall was requested on 3 December 2026 at midnight, as the day begins. Policy edition 2026-01: from a public source that has been replaced."
        },
        {
            ClockIds.RecallStandard,
            "2026-12-03T17:00:00Z",
            "24 hours after the recall was requested on 3 December 2026 at 5pm. Policy edition 2026-01: from a public source that has been replaced."
        },
        {
            ClockIds.PreExitFirst,
            "2026-06-03T10:00:00Z",
            "6 months before the expected exit on 3 June 2026. Policy edition 2026-01: project default."
        },
        {
            ClockIds.PoliceNotificationFirst,
            "2026-06-03T10:00:00Z",
            "3 days beginning with the day of conviction, finding or caution on 3 June 2026. Policy edition 2026-01: from a public source."
        },
        {
            ClockIds.ScreeningReminder,
            "2030-06-03T10:00:00Z",
            "1 working day before the screening decision is due on 3 June 2030. Policy edition 2026-01: project default. It rests on a forecast of bank holidays."
        },
        {
            ClockIds.ReviewLevel2,
            "2030-06-03T10:00:00Z",
            "16 weeks after the last review, or acceptance if there was none, on 3 June 2030. Policy edition 2026-01: not confirmed in a public source."
        },
    };

    [Theory]
    [MemberData(nameof(Explanations))]
    public void A_date_explains_itself_in_plain_words(string clockId, string start, string explanation)
    {
        var at = DateTimeOffset.Parse(start);

        Assert.Equal(explanation, PolicyBook.Default.Clock(clockId, "kent", LondonTime.Today(at)).Due(at, Calendar).Explanation);
    }

    [Fact]
    public void A_date_names_the_area_whose_policy_made_it()
    {
        var book = PolicyBook.Default.WithArea(
            """
            { "area": "kent", "clocks": [ { "id": "screening-decision", "editions": [
              { "edition": "2026-04", "from": "2026-04-01", "amount": 1, "unit": "workingDays", "source": "Board paper." } ] } ] }
            """);

        var due = book.Clock(ClockIds.ScreeningDecision, "kent", new(2026, 6, 3)).Due(new DateOnly(2026, 6, 3), Calendar);

        Assert.Equal(
            "1 working day after the referral was received on 3 June 2026. Kent policy edition 2026-04: set by the area.",
            due.Explanation);
    }

    [Fact]
    public void Only_a_clock_that_counts_working_days_names_the_list_of_bank_holidays()
    {
        Assert.Equal(Calendar.Edition, Rule(1, ClockUnit.WorkingDays).Due(new DateOnly(2026, 6, 3), Calendar).Rule!.Calendar);
        Assert.Null(Rule(1, ClockUnit.CalendarDays).Due(new DateOnly(2026, 6, 3), Calendar).Rule!.Calendar);
        Assert.Null(Rule(1, ClockUnit.Hours).Due(new DateOnly(2026, 6, 3), Calendar).Rule!.Calendar);
    }

    [Theory]
    [InlineData(ClockDirection.After, "2028-12-01", false)]
    [InlineData(ClockDirection.After, "2028-12-28", true)] // ends in the forecast
    [InlineData(ClockDirection.Before, "2029-01-03", true)] // starts in the forecast
    public void A_date_that_touches_a_forecast_year_says_so(ClockDirection direction, string start, bool forecast) =>
        Assert.Equal(forecast, Rule(10, ClockUnit.WorkingDays, direction).Due(DateOnly.Parse(start), Calendar).Rule!.Forecast);

    [Fact]
    public void A_due_date_comes_back_from_JSON_as_it_was() =>
        Gen.Select(Days, Gen.Int[1, 100], Units, Directions).Sample((day, n, unit, direction) =>
        {
            var due = Rule(n, unit, direction).Due(day, Calendar);
            Assert.Equal(due, JsonSerializer.Deserialize<Deadline>(JsonSerializer.Serialize(due)));
        });
}
