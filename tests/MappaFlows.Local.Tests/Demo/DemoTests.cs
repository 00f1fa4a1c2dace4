using System.Net.Http.Json;
using System.Text.Json;
using MappaFlows.Local.Tests.Process;
using MappaFlows.Testing.Product;

namespace MappaFlows.Local.Tests.Demo;

/// <summary>An empty store gets a demo caseload, whole and once, whatever happens while it gets it.</summary>
public sealed class DemoTests : IDisposable
{
    private readonly DataFolder _data = new();

    [Fact]
    public async Task Demo_seeding_continues_after_a_kill()
    {
        await using (var killed = ProductProcess.Launch(_data.Path, "--demo", "small"))
        {
            // The store's file grows as the past is told: kill it in the middle.
            var log = Path.Combine(_data.Path, "mappaflows.db-wal");
            while (!File.Exists(log) || new FileInfo(log).Length < 400_000) await Task.Delay(5);
            await killed.KillAsync();
        }

        await using var product = await ProductProcess.StartAsync(_data.Path, "--demo", "small");
        var live = await CasesAsync(product, "");
        var ended = await CasesAsync(product, "&ended=true");
        Assert.Equal(
            ["InformationRequested", "Managed", "Managed", "Managed", "Managed", "Managed", "Managed", "Managed", "Screening", "Screening", "Screening"],
            live.Select(item => item.GetProperty("stage").GetString()).Order());
        Assert.Equal(["Closed", "Refused"], ended.Select(item => item.GetProperty("stage").GetString()).Order());
        Assert.Contains(live, item => item.GetProperty("category").GetString() == "Category3");
        Assert.Contains(live, item => item.TryGetProperty("level", out var level) && level.GetString() == "Level3");
        foreach (var item in live.Concat(ended))
            Assert.Contains("(made up)", item.GetProperty("subjectName").GetString(), StringComparison.Ordinal);

        var waits = live.Single(item => item.GetProperty("subjectName").GetString()!.StartsWith("Dara", StringComparison.Ordinal));
        var reference = waits.GetProperty("reference").GetString()!;
        Assert.Equal("AwaitingApproval", (await product.CaseAsync(reference)).GetProperty("disclosures")[0].GetProperty("stage").GetString());

        // Its clocks run from here on as those of any case.
        await product.AdvanceAsync("P4D");
        Assert.Equal("Lapsed", (await product.CaseAsync(reference)).GetProperty("disclosures")[0].GetProperty("stage").GetString());
        var page = await product.Client.GetStringAsync("/sign-in");
        Assert.Contains("Demo data", page, StringComparison.Ordinal);
    }

    private static async Task<IReadOnlyList<JsonElement>> CasesAsync(ProductProcess product, string filter)
    {
        using var client = product.As("casey-coordinator");
        var page = await client.GetFromJsonAsync<JsonElement>($"/api/v1/cases?take=100{filter}");
        return [.. page.GetProperty("cases").EnumerateArray()];
    }

    public void Dispose() => _data.Dispose();
}
