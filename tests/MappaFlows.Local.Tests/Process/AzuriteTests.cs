using MappaFlows.Testing.Product;

namespace MappaFlows.Local.Tests.Process;

/// <summary>The whole product on Azurite.</summary>
public sealed class AzuriteTests
{
    /// <remarks>What Azurite still knows after a stop is not asked: on a busy machine it was seen to forget what it had acknowledged.</remarks>
    [Fact]
    public async Task With_azurite_a_case_is_watched_to_its_reminder_and_the_product_stops_and_starts_again()
    {
        using var data = new DataFolder();
        await using (var first = await ProductProcess.StartAsync(data.Path, "--store", "azurite"))
        {
            var reference = await first.ReferAsync();
            await first.WaitForMailAsync("New referral", reference);
            Assert.Equal("Screening", (await first.CaseAsync(reference)).GetProperty("stage").GetString());
            await first.AdvanceAsync("P10D");
            Assert.Single(await first.MailAsync("Screening due soon", reference));
            Assert.Equal(0, await first.StopAsync());
        }

        await using var second = await ProductProcess.StartAsync(data.Path, "--store", "azurite");
        Assert.Equal(0, await second.StopAsync());
        Assert.False(File.Exists(Path.Combine(data.Path, "mappaflows.db")));
    }
}
