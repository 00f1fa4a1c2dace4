using System.Text.Json;
using CsCheck;

namespace MappaFlows.Core.Tests.Exits;

public class ExitForecastTests
{
    private static readonly DateOnly Today = new(2026, 6, 3);

    private static EligibilityBasis Basis(string id, Category category, string? endsOn, string startsOn = "2020-01-01", bool indefinite = false) =>
        new(
        id,
        category,
        "test",
        DateOnly.Parse(startsOn),
        endsOn is null ? null : DateOnly.Parse(endsOn),
        indefinite,
        category switch
        {
            Category.Category1 => EndRules.NotificationPeriod,
            Category.Category2 => EndRules.SentenceExpiry,
            Category.Category3 => EndRules.RecordedDecision,
            _ => EndRules.TerrorismNotification,
        });

    [Fact]
    public void The_exit_is_the_midnight_that_ends_the_last_day_and_Category_3_comes_before_it()
    {
        var forecast = ExitForecast.From([Basis("c1", Category.Category1, "2027-06-02")], Today);

        Assert.Equal(new DateOnly(2027, 6, 2), forecast.ExitDay);
        Assert.Equal(DateTimeOffset.Parse("2027-06-02T23:00:00Z"), forecast.ExitAt);
        Assert.Equal(ExitOutcome.Category3ConsiderationNeeded, forecast.Outcome);
        Assert.Equal(
            "The exit is at the end of 2 June 2027, when the notification requirement of Category 1 ends. Before that, Category 3 must be considered.",
            forecast.Explanation);
    }

    [Fact]
    public void Once_Category_3_was_considered_only_time_stands_before_the_exit()
    {
        var forecast = ExitForecast.From([Basis("c2", Category.Category2, "2027-06-02")], Today, category3Considered: true);

        Assert.Equal(ExitOutcome.OnDay, forecast.Outcome);
        Assert.Equal("The exit is at the end of 2 June 2027, when the sentence or order of Category 2 ends.", forecast.Explanation);
    }

    [Fact]
    public void The_next_basis_that_still_holds_takes_over()
    {
        var c1 = Basis("c1", Category.Category1, "2027-06-02");
        var c2 = Basis("c2", Category.Category2, "2028-06-02");

        var forecast = ExitForecast.From([c2, c1], Today);

        Assert.Equal(
            [
                new ManagementPeriod(
                    Today, new(2027, 6, 2), c1, "Category 1 manages the case now, until the end of 2 June 2027, when the notification requirement ends."),
                new ManagementPeriod(
                    new(2027, 6, 3), new(2028, 6, 2), c2, "Category 2 takes over on 3 June 2027, until the end of 2 June 2028, when the sentence or order ends."),
            ],
            forecast.ManagementPeriods);
        Assert.Equal(new DateOnly(2028, 6, 2), forecast.ExitDay);
    }

    [Fact]
    public void A_basis_that_starts_later_and_goes_before_takes_over_in_the_middle()
    {
        var c1 = Basis("c1", Category.Category1, "2028-01-31", startsOn: "2027-01-01");
        var c2 = Basis("c2", Category.Category2, "2030-06-02");

        var forecast = ExitForecast.From([c1, c2], Today);

        Assert.Equal([c2, c1, c2], forecast.ManagementPeriods.Select(s => s.Basis));
        Assert.Equal(
            "Category 2 manages the case now, until the end of 31 December 2026, when another basis goes before it.",
            forecast.ManagementPeriods[0].Explanation);
    }

    [Fact]
    public void An_indefinite_basis_has_no_exit_date()
    {
        var forecast = ExitForecast.From(
            [Basis("c1", Category.Category1, null, indefinite: true), Basis("c2", Category.Category2, "2028-06-02")], Today);

        Assert.Null(forecast.ExitDay);
        Assert.Null(forecast.ExitAt);
        Assert.Equal(ExitOutcome.Indefinite, forecast.Outcome);
        Assert.Equal("There is no exit date: the notification requirement of Category 1 has no end.", forecast.Explanation);
        Assert.Equal("Category 1 manages the case now, with no end date.", Assert.Single(forecast.ManagementPeriods).Explanation);
    }

    [Fact]
    public void Category_3_ends_by_a_decision_and_not_by_time()
    {
        var forecast = ExitForecast.From(
            [Basis("c2", Category.Category2, "2027-06-02"), Basis("c3", Category.Category3, null)], Today);

        Assert.Equal(ExitOutcome.Category3Decision, forecast.Outcome);
        Assert.Null(forecast.ExitDay);
        Assert.Equal(["c2", "c3"], forecast.ManagementPeriods.Select(s => s.Basis!.Id));
    }

    [Fact]
    public void A_recorded_decision_that_ended_Category_3_is_the_consideration_itself()
    {
        var forecast = ExitForecast.From(
            [Basis("c2", Category.Category2, "2025-06-02"), Basis("c3", Category.Category3, "2026-06-03")], Today);

        Assert.Equal(ExitOutcome.OnDay, forecast.Outcome);
        Assert.Equal(Today, forecast.ExitDay);
    }

    [Fact]
    public void A_Category_3_that_ended_before_the_last_basis_says_nothing_about_the_exit() =>
        Assert.Equal(
            ExitOutcome.Category3ConsiderationNeeded,
            ExitForecast.From([Basis("c2", Category.Category2, "2027-06-02"), Basis("c3", Category.Category3, "2025-06-03")], Today).Outcome);

    [Fact]
    public void Missing_end_date_needs_recording()
    {
        var forecast = ExitForecast.From([Basis("c2", Category.Category2, null), Basis("c3", Category.Category3, null)], Today);

        Assert.Equal(ExitOutcome.EndDateNeeded, forecast.Outcome);
        Assert.Equal("There is no exit date: the day on which the sentence or order of Category 2 ends is not recorded.", forecast.Explanation);
    }

    [Fact]
    public void When_every_basis_has_ended_the_exit_day_is_in_the_past()
    {
        var forecast = ExitForecast.From([Basis("c1", Category.Category1, "2026-06-02")], Today, category3Considered: true);

        Assert.Empty(forecast.ManagementPeriods);
        Assert.Equal(new DateOnly(2026, 6, 2), forecast.ExitDay);
        Assert.Equal(
            "The last basis ended at the end of 2 June 2026, when the notification requirement of Category 1 ended.",
            forecast.Explanation);
    }

    [Fact]
    public void On_its_last_day_a_basis_still_manages() =>
        Assert.Single(ExitForecast.From([Basis("c1", Category.Category1, "2026-06-03")], Today).ManagementPeriods);

    [Fact]
    public void A_case_stays_open_over_a_gap_when_a_later_basis_is_recorded()
    {
        var forecast = ExitForecast.From(
            [Basis("c1", Category.Category1, "2026-12-31"), Basis("c2", Category.Category2, "2028-06-02", startsOn: "2027-02-01")], Today);

        Assert.Equal(
            new ManagementPeriod(
                new(2027, 1, 1),
                new(2027, 1, 31),
                null,
                "From 1 January 2027 until the end of 31 January 2027 no basis holds. The case stays open because a later basis is recorded."),
            forecast.ManagementPeriods[1]);
        Assert.Equal(new DateOnly(2028, 6, 2), forecast.ExitDay);
    }

    [Fact]
    public void Without_any_basis_there_is_nothing_to_forecast()
    {
        var forecast = ExitForecast.From([], Today);

        Assert.Equal(ExitOutcome.NoBasis, forecast.Outcome);
        Assert.Null(forecast.ExitDay);
    }

    [Fact]
    public void A_basis_that_ends_on_the_last_day_that_can_be_written_breaks_nothing() =>
        Assert.Equal(DateTimeOffset.MaxValue, ExitForecast.From([Basis("c2", Category.Category2, "9999-12-31")], Today).ExitAt);

    private static readonly Gen<EligibilityBasis> AnyBasis =
        Gen.Select(Gen.Int[0, 99], Gen.Enum<Category>(), Gen.Int[-2000, 2000], Gen.Int[0, 3000], Gen.Int[0, 9])
            .Select((id, category, start, length, open) => new EligibilityBasis(
                $"b{id}",
                category,
                "test",
                Today.AddDays(start),
                open < 2 ? null : Today.AddDays(start + length),
                open == 0 && category != Category.Category3,
                EndRules.SentenceExpiry));

    private static readonly Gen<EligibilityBasis[]> AnyBases = AnyBasis.Array[0, 6];

    [Fact]
    public void A_succession_never_leaves_a_gap_and_each_day_is_managed_by_the_basis_of_that_day() => AnyBases.Sample(bases =>
    {
        var successions = ExitForecast.From(bases, Today).ManagementPeriods;
        if (successions.Count > 0)
            Assert.Equal(Today, successions[0].From);

        for (var i = 0; i < successions.Count; i++)
        {
            var (from, lastDay, basis, _) = successions[i];
            Assert.Equal(basis, EligibilityAssessment.On(bases, from));
            if (lastDay is { } last)
                Assert.Equal(basis, EligibilityAssessment.On(bases, last));
            if (i + 1 < successions.Count)
                Assert.Equal(lastDay!.Value.AddDays(1), successions[i + 1].From);
        }

        var after = successions.Count == 0 ? Today : successions[^1].LastDay?.AddDays(1);
        if (after is { } day)
        {
            Assert.DoesNotContain(bases, b => b.EndsOn is null);
            Assert.DoesNotContain(bases, b => b.EndsOn >= day);
        }
    });

    [Fact]
    public void The_exit_is_never_before_the_end_of_any_basis() => AnyBases.Sample(bases =>
    {
        var forecast = ExitForecast.From(bases, Today);
        if (forecast.ExitDay is not { } day)
        {
            Assert.True(bases.Length == 0 || bases.Any(b => b.EndsOn is null));
            return;
        }

        Assert.All(bases, b => Assert.True(b.EndsOn <= day));
        Assert.Contains(bases, b => b.EndsOn == day);
        Assert.All(bases, b => Assert.False(b.HoldsOn(day.AddDays(1))));
        Assert.Equal(LondonTime.EndOf(day), forecast.ExitAt);
    });

    [Fact]
    public void Another_basis_never_brings_the_exit_forward() => Gen.Select(AnyBases, AnyBasis).Sample((bases, more) =>
    {
        if (bases.Length == 0)
            return;

        var before = ExitForecast.From(bases, Today).ExitDay ?? DateOnly.MaxValue;
        var after = ExitForecast.From([.. bases, more], Today).ExitDay ?? DateOnly.MaxValue;
        Assert.True(after >= before);
    });

    [Fact]
    public void Every_stretch_and_every_exit_explains_itself_in_one_sentence() => AnyBases.Sample(bases =>
    {
        var forecast = ExitForecast.From(bases, Today);
        Assert.EndsWith(".", forecast.Explanation);
        Assert.All(forecast.ManagementPeriods, s => Assert.EndsWith(".", s.Explanation));
    });

    [Fact]
    public void A_basis_comes_back_from_JSON_as_it_was() => AnyBasis.Sample(basis =>
        Assert.Equal(basis, JsonSerializer.Deserialize<EligibilityBasis>(JsonSerializer.Serialize(basis))));
}
