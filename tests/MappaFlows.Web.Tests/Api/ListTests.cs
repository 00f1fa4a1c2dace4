using System.Text.Json;

namespace MappaFlows.Web.Tests.Api;

/// <summary>Lists come in pages that together hold everything once.</summary>
public sealed class ListTests(ProductFactory product) : IClassFixture<ProductFactory>
{
    private readonly ApiClient _api = new(product);

    [Fact]
    public async Task Pages_of_cases_hold_each_case_once_and_filters_leave_out_the_others()
    {
        var expected = new List<string?>();
        for (var i = 0; i < 5; i++) expected.Add(await _api.ReferAsync());
        var managed = await _api.ManageAsync();

        var found = new List<string?>();
        for (string? after = ""; after is not null;)
        {
            var page = await _api.GetAsync("casey-coordinator", $"/cases?stage=Screening&take=2{(after.Length > 0 ? $"&after={after}" : "")}");
            var references = page.Json.GetProperty("cases").EnumerateArray().Select(item => item.GetProperty("reference").GetString()).ToList();
            Assert.True(references.Count <= 2);
            found.AddRange(references);
            after = page.Json.TryGetProperty("continuation", out var continuation) ? continuation.GetString() : null;
        }

        Assert.Equal(expected.Order(), found.Order());
        var level2 = await _api.GetAsync("casey-coordinator", "/cases?level=level2");
        var managedOnes = level2.Json.GetProperty("cases").EnumerateArray().Select(item => item.GetProperty("reference").GetString()).ToList();
        Assert.Contains(managed, managedOnes);
        Assert.DoesNotContain(managedOnes, expected.Contains);
    }

    [Fact]
    public async Task A_manager_lists_the_cases_that_their_agency_leads_and_no_others()
    {
        var ledByProbation = await _api.ManageAsync();

        Assert.Contains(ledByProbation, await ListAsync("morgan-manager", ""));
        Assert.Contains(ledByProbation, await ListAsync("casey-coordinator", "?leadAgency=probation"));
        Assert.Empty(await ListAsync("parker-police", ""));
        (await _api.GetAsync("parker-police", "/cases?leadAgency=probation")).IsProblem(403);

        async Task<IEnumerable<string?>> ListAsync(string person, string query) =>
            (await _api.GetAsync(person, "/cases" + query)).Json.GetProperty("cases")
                .EnumerateArray()
                .Select(item => item.GetProperty("reference").GetString());
    }

    [Fact]
    public async Task Pages_of_events_hold_each_event_once_in_order()
    {
        var (reference, _) = await _api.ProposeAsync();
        var sequences = new List<long>();
        for (long? after = 0; after is not null;)
        {
            var page = await _api.GetAsync("casey-coordinator", $"/cases/{reference}/events?take=1&after={after}");
            sequences.AddRange(page.Json.GetProperty("events").EnumerateArray().Select(item => item.GetProperty("sequence").GetInt64()));
            after = page.Json.TryGetProperty("next", out var next) ? next.GetInt64() : null;
        }

        Assert.Equal(Enumerable.Range(1, sequences.Count).Select(number => (long)number), sequences);
        Assert.True(sequences.Count >= 3);
    }
}
