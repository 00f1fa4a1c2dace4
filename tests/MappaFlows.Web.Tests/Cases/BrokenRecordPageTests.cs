using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using MappaFlows.Tables;
using MappaFlows.Web.Tests.Operations;
using Microsoft.Extensions.DependencyInjection;

namespace MappaFlows.Web.Tests.Cases;

/// <summary>A case whose stored state was changed outside the product: what readers and administrators see.</summary>
public sealed class BrokenRecordPageTests
{
    [Fact]
    public async Task Reader_gets_a_clear_message_and_can_change_nothing_and_administrators_are_told()
    {
        await using var product = await new ProductFactory().StartAsync();
        var (reference, other) = (await product.AcceptAsync(), await product.AcceptAsync());
        using var casey = await product.SignInAsync(DemoPeople.Coordinator);
        using var api = product.Api(DemoPeople.Coordinator.Id);
        using var alex = await product.SignInAsync(OperationsSamples.Administrator);
        Assert.Contains("No record", await RecordsHealthAsync(product), StringComparison.Ordinal);

        await ForgeAsync(product, reference);

        var page = await casey.OpenAsync($"/cases/{reference}");
        Assert.Equal(409, page.Status);
        Assert.Contains("This record does not agree with itself", page.Text);
        Assert.Contains("Administrators have been informed", page.Text);
        var answer = await api.GetAsync(new Uri($"/api/v1/cases/{reference}", UriKind.Relative));
        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Contains("not what was recorded", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        var checkpoints = await alex.ReadAsync("/operations/checkpoints");
        Assert.Contains($"The record {reference} is not what was recorded.", checkpoints.Text);
        Assert.DoesNotContain(other.ToString(), checkpoints.Text);
        Assert.Contains("see the page Checkpoints", await RecordsHealthAsync(product), StringComparison.Ordinal);

        Assert.Equal(200, (await casey.OpenAsync($"/cases/{other}")).Status);
        Assert.Contains(reference.ToString(), (await casey.ReadAsync("/caseload")).Text);
    }

    private static async Task<string> RecordsHealthAsync(ProductFactory product)
    {
        using var client = product.Api(personId: null);
        var answer = await client.GetAsync(new Uri("/health", UriKind.Relative));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("checks").GetProperty("records").GetString()!;
    }

    private static async Task ForgeAsync(ProductFactory product, CaseReference reference)
    {
        var store = product.Services.GetRequiredService<ITableStore>();
        var row = (await store.GetAsync(TableNames.Cases, reference.ToString(), "state"))!;
        await store.CommitAsync(
            TableNames.Cases,
            reference.ToString(),
            [new Upsert("state", new Dictionary<string, object>(row.Properties) { ["Disclosures0"] = """{"items":[ ]}""" })]);
    }
}
