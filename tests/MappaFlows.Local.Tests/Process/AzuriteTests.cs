using MappaFlows.Testing.Product;

namespace MappaFlows.Local.Tests.Process;

/// <summary>The whole product on Azurite.</summary>
public sealed class AzuriteTests
{
    [Fact]
    public async Task With_azurite_the_product_runs_on_it_and_finds_its_cases_after_a_stop()
    {
        using var data = new DataFolder();
        string reference;
        await using (var first = await ProductProcess.StartAsync(data.Path, "--store", "azurite"))
        {
            reference = await first.ReferAsync();
            await first.WaitForMailAsync("New referral", reference);
            Assert.Equal(0, await first.StopAsync());
        }

        await using var second = await ProductProcess.StartAsync(data.Path, "--store", "azurite");
        Assert.Equal("Screening", (await second.CaseAsync(reference)).GetProperty("stage").GetString());
        await second.AdvanceAsync("P10D");
        Assert.Single(await second.MailAsync("Screening decision due", reference));
        Assert.Equal(0, await second.StopAsync());
        Assert.False(File.Exists(Path.Combine(data.Path, "mappaflows.db")));
    }
}
