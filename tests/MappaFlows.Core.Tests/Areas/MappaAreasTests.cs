using System.Text.RegularExpressions;

namespace MappaFlows.Core.Tests.Areas;

public class MappaAreasTests
{
    [Fact]
    public void There_are_42_areas_with_codes_that_are_safe_in_keys_and_addresses()
    {
        Assert.Equal(42, MappaAreas.All.Count);
        Assert.Equal(42, MappaAreas.All.Select(a => a.Name).Distinct().Count());
        Assert.All(MappaAreas.All, a => Assert.Matches(new Regex("^[a-z]+(-[a-z]+)*$"), a.Code));
    }

    [Fact]
    public void Areas_are_listed_by_name() =>
        Assert.Equal(MappaAreas.All.Select(a => a.Name).Order(StringComparer.Ordinal), MappaAreas.All.Select(a => a.Name));

    [Theory]
    [InlineData("hampshire", "Hampshire and Isle of Wight")]
    [InlineData("HAMPSHIRE", "Hampshire and Isle of Wight")]
    [InlineData("dyfed-powys", "Dyfed-Powys")]
    [InlineData("london", "London")]
    public void An_area_is_found_by_its_code_in_any_letter_case(string code, string name) =>
        Assert.Equal(name, MappaAreas.Find(code)?.Name);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("strathclyde")]
    [InlineData(" hampshire")]
    public void An_unknown_area_is_not_found(string? code) => Assert.Null(MappaAreas.Find(code));

    [Fact]
    public void Police_probation_and_prisons_are_the_Responsible_Authority_and_come_to_every_meeting()
    {
        string[] expected = ["police", "probation", "prisons"];

        Assert.Equal(expected, Agencies.ResponsibleAuthority.Select(a => a.Id));
        Assert.Equal(expected, Agencies.Core.Select(a => a.Id));
    }

    [Fact]
    public void Every_other_agency_has_a_duty_to_cooperate() =>
        Assert.Equal(Agencies.All.Except(Agencies.ResponsibleAuthority), Agencies.DutyToCooperate);

    [Fact]
    public void Four_agencies_can_lead_a_case() =>
        Assert.Equal(
            ["police", "probation", "youth-offending-team", "mental-health-provider"], Agencies.LeadAgencies.Select(a => a.Id));

    [Fact]
    public void An_agency_is_found_by_its_id()
    {
        Assert.All(Agencies.All, a => Assert.Same(a, Agencies.Find(a.Id.ToUpperInvariant())));
        Assert.Null(Agencies.Find("fire-service"));
        Assert.Null(Agencies.Find(null));
    }
}
