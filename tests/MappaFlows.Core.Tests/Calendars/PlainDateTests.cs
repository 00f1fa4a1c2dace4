using System.Globalization;

namespace MappaFlows.Core.Tests.Calendars;

public sealed class PlainDateTests
{
    [Theory]
    [InlineData("2026-06-03T08:15:00Z", "3 June 2026 at 9:15am")]
    [InlineData("2026-12-03T09:00:00Z", "3 December 2026 at 9am")]
    [InlineData("2026-06-03T11:00:00Z", "3 June 2026 at midday")]
    [InlineData("2026-06-03T22:59:00Z", "3 June 2026 at 11:59pm")]
    [InlineData("2026-06-03T23:00:00Z", "4 June 2026 at midnight, as the day begins")]
    [InlineData("2026-12-03T00:00:00Z", "3 December 2026 at midnight, as the day begins")]
    public void A_moment_is_told_in_Londons_time_and_a_midnight_says_which_of_the_days_two_it_is(string instant, string told) =>
        Assert.Equal(told, PlainDate.Of(DateTimeOffset.Parse(instant, CultureInfo.InvariantCulture)));
}
