using CsCheck;

namespace MappaFlows.Core.Tests.Eligibility;

public class SentenceTermTests
{
    [Theory]
    [InlineData(1, 0, 0, 0, 12, 0)]
    [InlineData(0, 12, 0, 0, 12, 0)]
    [InlineData(0, 0, 0, 365, 12, 0)]
    [InlineData(0, 0, 0, 364, 12, -1)]
    [InlineData(0, 0, 52, 0, 12, -1)]
    [InlineData(0, 11, 0, 30, 12, -1)]
    [InlineData(0, 12, 0, 1, 12, 1)]
    [InlineData(0, 0, 26, 0, 6, -1)]
    [InlineData(0, 0, 27, 0, 6, 1)]
    public void A_term_is_weighed_against_months(int years, int months, int weeks, int days, int against, int sign) =>
        Assert.Equal(sign, Math.Sign(new SentenceTerm(years, months, weeks, days).CompareToMonths(against)));

    [Theory]
    [InlineData(0, 12, 0, 0, "2026-06-03", "2027-06-02")]
    [InlineData(1, 0, 0, 0, "2024-02-29", "2025-02-28")]
    [InlineData(0, 1, 0, 0, "2026-01-31", "2026-02-28")]
    [InlineData(0, 1, 0, 1, "2026-01-31", "2026-03-01")]
    [InlineData(0, 0, 1, 0, "2026-06-03", "2026-06-09")]
    [InlineData(0, 0, 0, 1, "2026-06-03", "2026-06-03")]
    public void A_term_ends_with_its_last_day(int years, int months, int weeks, int days, string start, string lastDay) =>
        Assert.Equal(DateOnly.Parse(lastDay), new SentenceTerm(years, months, weeks, days).LastDay(DateOnly.Parse(start)));

    [Theory]
    [InlineData(2, 6, 0, 0, "2 years and 6 months")]
    [InlineData(1, 1, 1, 1, "1 year, 1 month, 1 week and 1 day")]
    [InlineData(0, 0, 26, 0, "26 weeks")]
    [InlineData(0, 0, 0, 0, "no time")]
    public void A_term_is_written_in_plain_words(int years, int months, int weeks, int days, string words) =>
        Assert.Equal(words, new SentenceTerm(years, months, weeks, days).ToString());

    [Theory]
    [InlineData(0, 0, 0, 0, false)]
    [InlineData(1, -1, 0, 0, false)]
    [InlineData(100, 0, 0, 0, true)]
    [InlineData(100, 0, 0, 1, false)]
    public void A_term_is_longer_than_nothing_and_no_longer_than_a_life(int years, int months, int weeks, int days, bool plausible) =>
        Assert.Equal(plausible, new SentenceTerm(years, months, weeks, days).IsPlausible);

    [Fact]
    public void A_longer_term_weighs_more() =>
        Gen.Select(Gen.Int[0, 400], Gen.Int[0, 400], Gen.Int[1, 400]).Sample((months, days, more) =>
        {
            var term = new SentenceTerm(0, months, 0, days);
            var longer = term + SentenceTerm.OfDays(more);
            for (var against = 0; against < 60; against++)
                Assert.True(term.CompareToMonths(against) <= longer.CompareToMonths(against));
        });
}
