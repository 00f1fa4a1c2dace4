using System.Globalization;
using System.Text.Json;

namespace MappaFlows.Web.Tests.Hosting;

public sealed class DateInputTests
{
    [Theory]
    [InlineData("31", "3", "1980", "1980-03-31")]
    [InlineData(" 1 ", "03", "2026 ", "2026-03-01")]
    [InlineData("29", "2", "2028", "2028-02-29")]
    [InlineData("5", "September", "2026", "2026-09-05")]
    [InlineData("5", "sep", "2026", "2026-09-05")]
    public void A_real_date_is_read(string day, string month, string year, string expected)
    {
        var reading = new DateInput(day, month, year).Read("Date");

        Assert.Equal(DateOnly.Parse(expected, CultureInfo.InvariantCulture), reading.Value);
        Assert.Null(reading.Error);
        Assert.Equal(DateParts.None, reading.Wrong);
    }

    [Theory]
    [InlineData(null, " ", "", "Enter date of birth", DateParts.All)]
    [InlineData("1", "2", "", "Date of birth must include a year", DateParts.Year)]
    [InlineData("", "", "1980", "Date of birth must include a day and month", DateParts.Day | DateParts.Month)]
    [InlineData("1", "", "1980", "Date of birth must include a month", DateParts.Month)]
    [InlineData("1", "2", "80", "Date of birth must have a year of 4 numbers, for example 2026", DateParts.Year)]
    [InlineData("1", "2", "198o", "Date of birth must have a year of 4 numbers, for example 2026", DateParts.Year)]
    [InlineData("30", "2", "1980", "Date of birth must be a real date", DateParts.Day)]
    [InlineData("29", "2", "2027", "Date of birth must be a real date", DateParts.Day)]
    [InlineData("1", "13", "1980", "Date of birth must be a real date", DateParts.Month)]
    [InlineData("32", "x", "1980", "Date of birth must be a real date", DateParts.Day | DateParts.Month)]
    [InlineData("-1", "1", "1980", "Date of birth must be a real date", DateParts.Day)]
    [InlineData("1", "Ma", "1980", "Date of birth must be a real date", DateParts.Month)]
    [InlineData("1", "1", "0000", "Date of birth must be a real date", DateParts.Year)]
    public void A_fault_names_the_date_and_the_part(string? day, string? month, string? year, string error, DateParts wrong)
    {
        var reading = new DateInput(day, month, year).Read("Date of birth");

        Assert.Null(reading.Value);
        Assert.Equal(error, reading.Error);
        Assert.Equal(wrong, reading.Wrong);
    }

    [Fact]
    public void Every_date_survives_being_shown_and_read()
    {
        for (var date = new DateOnly(1900, 1, 1); date < new DateOnly(2101, 1, 1); date = date.AddDays(1))
            Assert.Equal(date, DateInput.From(date).Value);
    }

    [Fact]
    public void What_was_typed_survives_a_saved_draft()
    {
        var typed = new DateInput("31", "Febtember", null);

        Assert.Equal(typed, JsonSerializer.Deserialize<DateInput>(JsonSerializer.Serialize(typed)));
    }
}
