using System.Text.Json;
using CsCheck;
using MappaFlows.Core.Data;

namespace MappaFlows.Core.Tests.Notification;

public class NotificationPeriodsTests
{
    private static readonly NotificationPeriods Table = NotificationPeriods.Default;

    private static readonly DateOnly Convicted = new(2026, 6, 3);

    private static readonly Gen<DateOnly> Days = Gen
        .Int[new DateOnly(2004, 5, 1).DayNumber, new DateOnly(2060, 1, 1).DayNumber]
        .Select(DateOnly.FromDayNumber);

    /// <summary>
    /// Years, months, weeks and days of the term; then the last day for an adult and for somebody under 18, or null for indefinite.
    /// </summary>
    [Theory]
    [InlineData(Disposal.LifeOrPublicProtection, null, null, null, null, null, null)]
    [InlineData(Disposal.HospitalOrderWithRestriction, null, null, null, null, null, null)]
    [InlineData(Disposal.Imprisonment, 4, 0, 0, 0, null, null)]
    [InlineData(Disposal.Imprisonment, 0, 30, 0, 0, null, null)]
    [InlineData(Disposal.Imprisonment, 2, 6, 0, 0, null, null)]
    [InlineData(Disposal.Imprisonment, 0, 29, 0, 30, "2036-06-02", "2031-06-02")]
    [InlineData(Disposal.Imprisonment, 0, 29, 0, 0, "2036-06-02", "2031-06-02")]
    [InlineData(Disposal.Imprisonment, 0, 6, 0, 1, "2036-06-02", "2031-06-02")]
    [InlineData(Disposal.Imprisonment, 0, 0, 27, 0, "2036-06-02", "2031-06-02")]
    [InlineData(Disposal.Imprisonment, 0, 6, 0, 0, "2033-06-02", "2029-12-02")]
    [InlineData(Disposal.Imprisonment, 0, 0, 26, 0, "2033-06-02", "2029-12-02")]
    [InlineData(Disposal.Imprisonment, 0, 0, 0, 1, "2033-06-02", "2029-12-02")]
    [InlineData(Disposal.HospitalOrder, null, null, null, null, "2033-06-02", "2029-12-02")]
    [InlineData(Disposal.GuardianshipOrder, null, null, null, null, "2031-06-02", "2028-12-02")]
    [InlineData(Disposal.Caution, null, null, null, null, "2028-06-02", "2027-06-02")]
    [InlineData(Disposal.ConditionalDischarge, 0, 12, 0, 0, "2027-06-02", "2027-06-02")]
    [InlineData(Disposal.ConditionalDischarge, 0, 0, 0, 90, "2026-08-31", "2026-08-31")]
    [InlineData(Disposal.Other, null, null, null, null, "2031-06-02", "2028-12-02")]
    public void Each_row_of_the_table_gives_its_period(
        Disposal disposal, int? years, int? months, int? weeks, int? days, string? adult, string? under18)
    {
        SentenceTerm? term = years is null ? null : new SentenceTerm(years.Value, months!.Value, weeks!.Value, days!.Value);

        Check(adult, isUnder18: false);
        Check(under18, isUnder18: true);

        void Check(string? expected, bool isUnder18)
        {
            var period = Table.For(disposal, term, Convicted, isUnder18)!;
            Assert.Equal(expected is null ? null : DateOnly.Parse(expected), period.EndsOn);
            Assert.Equal(expected is null, period.Indefinite);
            Assert.Equal(Convicted, period.StartsOn);
        }
    }

    /// <summary>Cases worked out from the statute: what was done, when the person was convicted, and the last day, if any.</summary>
    [Theory]
    [InlineData(Disposal.Caution, null, "2024-03-10", "1980-01-01", "2026-03-09")]
    [InlineData(Disposal.Caution, null, "2024-03-10", "2008-01-01", "2025-03-09")]
    [InlineData(Disposal.Other, null, "2023-06-15", "1980-01-01", "2028-06-14")]
    [InlineData(Disposal.Imprisonment, "6 months", "2022-01-20", "1980-01-01", "2029-01-19")]
    [InlineData(Disposal.Imprisonment, "29 months", "2021-09-01", "1980-01-01", "2031-08-31")]
    [InlineData(Disposal.Imprisonment, "30 months", "2021-09-01", "1980-01-01", null)]
    [InlineData(Disposal.LifeOrPublicProtection, null, "2021-09-01", "1980-01-01", null)]
    [InlineData(Disposal.Imprisonment, "6 months", "2021-09-01", "2004-06-01", "2025-02-28")]
    [InlineData(Disposal.Imprisonment, "30 months", "2021-09-01", "2004-06-01", null)]
    [InlineData(Disposal.Imprisonment, "24 months", "2026-02-01", "2008-03-10", "2031-01-31")]
    [InlineData(Disposal.Imprisonment, "27 weeks", "2026-01-15", "1980-01-01", "2036-01-14")]
    public void Worked_cases_come_out_as_the_statute_says(Disposal disposal, string? term, string convicted, string born, string? lastDay)
    {
        SentenceTerm? length = term?.Split(' ') switch
        {
            [var count, "months"] => SentenceTerm.OfMonths(int.Parse(count)),
            [var count, "weeks"] => SentenceTerm.OfWeeks(int.Parse(count)),
            _ => null,
        };
        var relevant = DateOnly.Parse(convicted);

        var period = Table.For(disposal, length, relevant, Ages.IsUnder18(DateOnly.Parse(born), relevant))!;

        Assert.Equal(lastDay is null ? null : DateOnly.Parse(lastDay), period.EndsOn);
    }

    [Fact]
    public void A_conditional_discharge_lasts_from_the_day_it_was_made()
    {
        var period = Table.For(
            Disposal.ConditionalDischarge, SentenceTerm.OfMonths(12), new(2024, 4, 1), under18: false, madeOn: new(2024, 5, 5))!;

        Assert.Equal((new DateOnly(2024, 4, 1), new DateOnly(2025, 5, 4)), (period.StartsOn, period.EndsOn));
    }

    [Fact]
    public void An_absolute_discharge_makes_no_requirement() =>
        Assert.Null(Table.For(Disposal.AbsoluteDischarge, null, Convicted, under18: false));

    [Fact]
    public void Consecutive_terms_add_up_before_the_table_is_read()
    {
        var each = SentenceTerm.OfMonths(15);

        Assert.False(Table.For(Disposal.Imprisonment, each, Convicted, under18: false)!.Indefinite);
        Assert.True(Table.For(Disposal.Imprisonment, each + each, Convicted, under18: false)!.Indefinite);
    }

    [Fact]
    public void Halved_period_has_the_confidence_of_the_halving_rule()
    {
        Assert.Equal("published", Table.For(Disposal.Caution, null, Convicted, under18: false)!.Confidence);
        Assert.Equal("unconfirmed", Table.For(Disposal.Caution, null, Convicted, under18: true)!.Confidence);
        Assert.Equal("published", Table.For(Disposal.LifeOrPublicProtection, null, Convicted, under18: true)!.Confidence);
    }

    [Theory]
    [InlineData(
        Disposal.Other,
        false,
        "5 years beginning with the day of conviction, finding or caution on 3 June 2026. Any other disposal. Sexual Offences Act 2003, section 82. Edition 2026-11: from a public source.")]
    [InlineData(
        Disposal.HospitalOrder,
        true,
        "42 months beginning with the day of conviction, finding or caution on 3 June 2026. Hospital order without a restriction order, under 18 on that day. Sexual Offences Act 2003, section 82. Edition 2026-11: not confirmed in a public source.")]
    [InlineData(
        Disposal.HospitalOrderWithRestriction,
        false,
        "An indefinite period beginning with the day of conviction, finding or caution on 3 June 2026. Hospital order with a restriction order. Sexual Offences Act 2003, section 82. Edition 2026-11: from a public source.")]
    public void A_period_explains_itself(Disposal disposal, bool under18, string explanation) =>
        Assert.Equal(explanation, Table.For(disposal, null, Convicted, under18)!.Explain());

    [Fact]
    public void A_period_becomes_a_Category_1_basis_that_ends_with_it()
    {
        var basis = Table.For(Disposal.Caution, null, Convicted, under18: false)!.ToBasis("b1", "caution");

        Assert.Equal(
            new EligibilityBasis("b1", Category.Category1, "caution", Convicted, new(2028, 6, 2), false, EndRules.NotificationPeriod),
            basis);
        Assert.Null(basis.Problem());
        Assert.True(Table.For(Disposal.LifeOrPublicProtection, null, Convicted, under18: false)!.ToBasis("b2", "life").Indefinite);
    }

    [Theory]
    [InlineData(Disposal.Imprisonment, null)]
    [InlineData(Disposal.ConditionalDischarge, null)]
    [InlineData(Disposal.Caution, 1)]
    [InlineData(Disposal.LifeOrPublicProtection, 1)]
    [InlineData(Disposal.Imprisonment, 0)]
    [InlineData(Disposal.Imprisonment, -1)]
    [InlineData(Disposal.Imprisonment, 1201)]
    [InlineData(Disposal.ConditionalDischarge, int.MaxValue)]
    public void A_term_that_does_not_fit_is_refused(Disposal disposal, int? months) =>
        Assert.Throws<ArgumentException>(() =>
            Table.For(disposal, months is { } m ? SentenceTerm.OfMonths(m) : null, Convicted, under18: false));

    [Fact]
    public void Every_term_has_a_period_and_a_longer_term_never_a_shorter_one() =>
        Gen.Select(Days, Gen.Int[0, 60], Gen.Int[1, 40], Gen.Int[0, 24], Gen.Bool).Sample((day, months, days, more, under18) =>
        {
            var shorter = Table.For(Disposal.Imprisonment, new(0, months, 0, days), day, under18)!;
            var longer = Table.For(Disposal.Imprisonment, new(0, months + more, 0, days), day, under18)!;
            Assert.True((shorter.EndsOn ?? DateOnly.MaxValue) <= (longer.EndsOn ?? DateOnly.MaxValue));
        });

    [Fact]
    public void Period_under_18_is_never_longer_than_for_an_adult() =>
        Gen.Select(Days, Gen.Enum<Disposal>(), Gen.Int[1, 60]).Sample((day, disposal, months) =>
        {
            SentenceTerm? term = disposal.HasTerm ? SentenceTerm.OfMonths(months) : null;
            var (adult, child) = (Table.For(disposal, term, day, under18: false), Table.For(disposal, term, day, under18: true));
            Assert.Equal(adult is null, child is null);
            if (adult is not null) Assert.True((child!.EndsOn ?? DateOnly.MaxValue) <= (adult.EndsOn ?? DateOnly.MaxValue));
        });

    [Fact]
    public void A_period_comes_back_from_JSON_as_it_was()
    {
        var period = Table.For(Disposal.Caution, null, Convicted, under18: true);

        Assert.Equal(period, JsonSerializer.Deserialize<NotificationPeriod>(JsonSerializer.Serialize(period)));
    }

    private const string Other = """
        { "disposal": "lifeOrPublicProtection", "title": "a", "indefinite": true },
        { "disposal": "hospitalOrderWithRestriction", "title": "b", "indefinite": true },
        { "disposal": "hospitalOrder", "title": "c", "months": 84, "monthsUnder18": 42 },
        { "disposal": "guardianshipOrder", "title": "g", "months": 60, "monthsUnder18": 30 },
        { "disposal": "absoluteDischarge", "title": "h", "none": true },
        { "disposal": "caution", "title": "d", "months": 24, "monthsUnder18": 12 },
        { "disposal": "conditionalDischarge", "title": "e", "asLongAsTerm": true },
        { "disposal": "other", "title": "f", "months": 60, "monthsUnder18": 30 }
        """;

    [Theory]
    [InlineData("""{ "disposal": "imprisonment", "title": "x", "fromMonths": 30, "indefinite": true }""", "needs one row, and only one, for imprisonment for 1 day.")]
    [InlineData(
        """{ "disposal": "imprisonment", "title": "x", "fromMonths": 30, "indefinite": true }, { "disposal": "imprisonment", "title": "y", "upToMonths": 30, "months": 1, "monthsUnder18": 1 }""",
        "needs one row, and only one, for imprisonment for 30 months.")]
    [InlineData("""{ "disposal": "imprisonment", "title": "x" }""", "must be one of these")]
    [InlineData("""{ "disposal": "imprisonment", "title": "x", "months": 12 }""", "needs months and monthsUnder18")]
    [InlineData("""{ "disposal": "imprisonment", "title": "x", "asLongAsTerm": true }""", "has no term to be as long as")]
    [InlineData("""{ "disposal": "imprisonment", "title": "x", "indefinite": true }, { "disposal": "caution", "title": "z", "indefinite": true }""", "needs one row, and only one, for Caution.")]
    public void A_table_with_a_gap_or_an_overlap_is_refused(string imprisonment, string problem)
    {
        var error = Assert.Throws<DataFileException>(() => NotificationPeriods.Parse(Edition("1", "2004-05-01", imprisonment)));

        Assert.Contains(error.Problems, p => p.Contains(problem));
    }

    [Theory]
    [InlineData("{ }", "It has no editions.")]
    [InlineData("""{ "editions": [ null ] }""", "There is nothing at editions, entry 1.")]
    [InlineData("""{ "editions": [ { "edition": "1", "from": "2004-05-01" } ] }""", "needs its rows")]
    [InlineData("""{ "editions": [ { "from": "2004-05-01", "rows": [ ] } ] }""", "needs a name and a source")]
    [InlineData("""{ "editions": [ { "rows": [ { "disposal": "caution" } ] } ] }""", "has a row without a title")]
    public void A_table_without_content_is_refused(string json, string problem)
    {
        var error = Assert.Throws<DataFileException>(() => NotificationPeriods.Parse(json));

        Assert.Contains(error.Problems, p => p.Contains(problem));
    }

    [Theory]
    [InlineData("2029-12-31", "1", "2031-12-30")]
    [InlineData("2030-01-01", "2", "2030-12-31")]
    [InlineData("1999-01-01", "1", "2000-12-31")]
    public void The_edition_of_the_relevant_date_holds(string convicted, string edition, string lastDay)
    {
        const string Imprisonment = """{ "disposal": "imprisonment", "title": "x", "indefinite": true }""";
        var first = Edition("1", "2004-05-01", Imprisonment);
        var second = Edition("2", "2030-01-01", Imprisonment).Replace("\"months\": 24", "\"months\": 12");
        var table = NotificationPeriods.Parse(first[..first.LastIndexOf(']')] + "," + second[(second.IndexOf('[') + 1)..]);

        var period = table.For(Disposal.Caution, null, DateOnly.Parse(convicted), under18: false)!;

        Assert.Equal(edition, period.Edition);
        Assert.Equal(DateOnly.Parse(lastDay), period.EndsOn);
    }

    private static string Edition(string name, string from, string imprisonment) =>
        $$"""
        { "editions": [ { "edition": "{{name}}", "from": "{{from}}", "confidence": "{{SourceConfidence.Published}}", "confidenceUnder18": "unconfirmed", "source": "Test.",
          "rows": [ {{imprisonment}}, {{Other}} ] } ] }
        """;
}
