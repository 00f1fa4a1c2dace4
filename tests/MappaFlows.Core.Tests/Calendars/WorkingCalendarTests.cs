using CsCheck;
using MappaFlows.Core.Data;

namespace MappaFlows.Core.Tests.Calendars;

public class WorkingCalendarTests
{
    private static readonly WorkingCalendar Calendar = WorkingCalendar.EnglandAndWales;

    private static readonly Gen<DateOnly> Days = Gen
        .Int[new DateOnly(2014, 1, 1).DayNumber, new DateOnly(2080, 1, 1).DayNumber]
        .Select(DateOnly.FromDayNumber);

    [Theory]
    [InlineData("2015-12-28", "Boxing Day (substitute day)")]
    [InlineData("2016-12-27", "Christmas Day (substitute day)")]
    [InlineData("2020-05-08", "Early May bank holiday (VE Day)")]
    [InlineData("2021-12-27", "Christmas Day (substitute day)")]
    [InlineData("2021-12-28", "Boxing Day (substitute day)")]
    [InlineData("2022-01-03", "New Year's Day (substitute day)")]
    [InlineData("2022-06-02", "Spring bank holiday")]
    [InlineData("2022-06-03", "Platinum Jubilee bank holiday")]
    [InlineData("2022-09-19", "Bank holiday for the State Funeral of Queen Elizabeth II")]
    [InlineData("2023-05-08", "Bank holiday for the coronation of King Charles III")]
    [InlineData("2026-04-03", "Good Friday")]
    [InlineData("2026-12-28", "Boxing Day (substitute day)")]
    [InlineData("2028-04-17", "Easter Monday")]
    public void A_published_bank_holiday_is_no_working_day(string day, string title)
    {
        var date = DateOnly.Parse(day);

        Assert.Equal(new BankHoliday(date, title, Forecast: false), Calendar.BankHolidayOn(date));
        Assert.False(Calendar.IsWorkingDay(date));
        Assert.False(Calendar.IsForecast(date));
    }

    [Theory]
    [InlineData("2020-05-04")] // moved to 8 May
    [InlineData("2022-05-30")] // moved to 2 June
    [InlineData("2026-06-15")] // a bank holiday in Scotland only
    public void A_day_that_is_no_bank_holiday_in_England_and_Wales_is_a_working_day(string day) =>
        Assert.True(Calendar.IsWorkingDay(DateOnly.Parse(day)));

    [Fact]
    public void Every_year_has_its_eight_bank_holidays_and_the_one_off_days()
    {
        var oneOffs = new Dictionary<int, int> { [2022] = 2, [2023] = 1 };

        for (var year = 2015; year <= 2075; year++)
            Assert.Equal(8 + oneOffs.GetValueOrDefault(year), Calendar.BankHolidays.Count(h => h.Date.Year == year));
    }

    [Fact]
    public void No_bank_holiday_is_lost_on_a_weekend() =>
        Assert.DoesNotContain(Calendar.BankHolidays, h => h.Date.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday);

    [Theory]
    [InlineData(2030, "2030-04-19")]
    [InlineData(2038, "2038-04-23")]
    [InlineData(2049, "2049-04-16")]
    [InlineData(2075, "2075-04-05")]
    public void Good_Friday_is_forecast_from_the_date_of_Easter(int year, string day)
    {
        var friday = Calendar.BankHolidays.Single(h => h.Date.Year == year && h.Title == "Good Friday");

        Assert.Equal(new BankHoliday(DateOnly.Parse(day), "Good Friday", Forecast: true), friday);
        Assert.Equal("Easter Monday", Calendar.BankHolidayOn(friday.Date.AddDays(3))?.Title);
    }

    [Theory]
    [InlineData("2014-12-31", true)]
    [InlineData("2015-01-01", false)]
    [InlineData("2028-12-31", false)]
    [InlineData("2029-01-01", true)]
    [InlineData("2090-01-02", true)]
    public void A_day_outside_the_published_years_is_a_forecast(string day, bool forecast) =>
        Assert.Equal(forecast, Calendar.IsForecast(DateOnly.Parse(day)));

    [Theory]
    [InlineData("2026-06-03", 5, "2026-06-10")]
    [InlineData("2026-04-02", 1, "2026-04-07")] // over Easter
    [InlineData("2026-12-24", 1, "2026-12-29")] // over Christmas with a substitute day
    [InlineData("2026-06-06", 1, "2026-06-08")] // from a Saturday
    [InlineData("2026-06-06", 0, "2026-06-08")]
    [InlineData("2026-06-05", 0, "2026-06-05")]
    [InlineData("2026-06-08", -1, "2026-06-05")]
    [InlineData("2026-06-07", -1, "2026-06-05")] // from a Sunday
    [InlineData("2026-04-07", -10, "2026-03-20")]
    public void Working_days_are_counted_without_the_first_day(string from, int n, string expected) =>
        Assert.Equal(DateOnly.Parse(expected), Calendar.AddWorkingDays(DateOnly.Parse(from), n));

    [Fact]
    public void The_next_working_day_is_never_the_day_itself() => Days.Sample(day =>
    {
        var next = Calendar.NextWorkingDay(day);
        Assert.True(next > day);
        Assert.True(Calendar.IsWorkingDay(next));
        for (var between = day.AddDays(1); between < next; between = between.AddDays(1))
            Assert.False(Calendar.IsWorkingDay(between));
    });

    [Fact]
    public void Adding_working_days_never_ends_on_a_day_off() => Gen.Select(Days, Gen.Int[-300, 300]).Sample((day, n) =>
        Assert.True(Calendar.IsWorkingDay(Calendar.AddWorkingDays(day, n))));

    [Fact]
    public void Adding_and_taking_away_the_same_number_comes_back_to_a_working_day() =>
        Gen.Select(Days, Gen.Int[-300, 300]).Sample((day, n) =>
        {
            var working = Calendar.AddWorkingDays(day, 0);
            Assert.Equal(working, Calendar.AddWorkingDays(Calendar.AddWorkingDays(working, n), -n));
        });

    [Fact]
    public void More_working_days_always_end_later() => Gen.Select(Days, Gen.Int[1, 300], Gen.Int[1, 300]).Sample((day, n, more) =>
        Assert.True(Calendar.AddWorkingDays(day, n) < Calendar.AddWorkingDays(day, n + more)));

    [Fact]
    public void A_later_start_never_ends_earlier() => Gen.Select(Days, Gen.Int[0, 40], Gen.Int[-300, 300]).Sample((day, later, n) =>
        Assert.True(Calendar.AddWorkingDays(day, n) <= Calendar.AddWorkingDays(day.AddDays(later), n)));

    [Fact]
    public void Counting_between_undoes_adding() => Gen.Select(Days, Gen.Int[-300, 300]).Where((_, n) => n != 0).Sample((day, n) =>
        Assert.Equal(n, Calendar.WorkingDaysBetween(day, Calendar.AddWorkingDays(day, n))));

    [Theory]
    [InlineData("{ }", "edition")]
    [InlineData("""{ "unknown": 1 }""", "unknown")]
    [InlineData("not json", "It is not JSON as it should be, at line 1.")]
    [InlineData("null", "There is nothing at the top.")]
    [InlineData("{ }", "division")]
    [InlineData("{ }", "source")]
    [InlineData("{ }", "publishedFrom")]
    public void A_broken_list_is_refused_with_its_fault(string json, string says)
    {
        var error = Assert.Throws<DataFileException>(() => WorkingCalendar.Parse(json));

        Assert.StartsWith("The list of bank holidays cannot be used.", error.Message);
        Assert.Contains(says, error.Message);
    }

    [Fact]
    public void Every_fault_of_a_list_is_named_at_once()
    {
        var error = Assert.Throws<DataFileException>(() => WorkingCalendar.Parse(
            """
            {
              "division": "england-and-wales", "edition": "test", "source": "test",
              "publishedFrom": "2026-01-01", "publishedThrough": "2026-12-31",
              "published": [
                { "date": "2026-01-01", "title": "New Year's Day" },
                { "date": "2026-01-01", "title": "Again" },
                { "date": "2027-01-01", "title": "Too late" },
                { "date": "2026-05-04" }
              ]
            }
            """));

        Assert.Equal(
            ["2026-01-01 is there twice.", "2027-01-01 is not between 2026-01-01 and 2026-12-31.", "2026-05-04 has no title."],
            error.Problems);
    }
}
