using MappaFlows.Local.Clock;

namespace MappaFlows.Local.Tests.Clock;

/// <summary>Durations of ISO 8601, with years and months as the calendar has them.</summary>
public sealed class IsoDurationTests
{
    private static readonly DateTimeOffset Start = new(2027, 1, 31, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("P10Y", "2037-01-31T12:00:00Z")]
    [InlineData("P1M", "2027-02-28T12:00:00Z")]
    [InlineData("P2W", "2027-02-14T12:00:00Z")]
    [InlineData("PT72H", "2027-02-03T12:00:00Z")]
    [InlineData("P1DT12H30M5S", "2027-02-02T00:30:05Z")]
    [InlineData("pt1m", "2027-01-31T12:01:00Z")]
    public void It_is_so_much_later(string text, string expected) =>
        Assert.Equal(
            DateTimeOffset.Parse(expected, System.Globalization.CultureInfo.InvariantCulture),
            IsoDuration.Parse(text)!.After(Start));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("P")]
    [InlineData("PT")]
    [InlineData("P1")]
    [InlineData("P0D")]
    [InlineData("-P1D")]
    [InlineData("P1.5D")]
    [InlineData("10 years")]
    [InlineData("P1DT")]
    [InlineData("P999999999Y")]
    [InlineData("P99999999999999999999D")]
    public void Invalid_duration_is_refused(string? text) => Assert.Null(IsoDuration.Parse(text));

    [Fact]
    public void Beyond_the_calendar_there_is_no_instant() =>
        Assert.Null(IsoDuration.Parse("P500Y")!.After(DateTimeOffset.MaxValue.AddDays(-1)));
}
