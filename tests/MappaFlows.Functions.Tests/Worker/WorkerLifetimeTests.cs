namespace MappaFlows.Functions.Tests.Worker;

/// <summary>How a worker starts and ends.</summary>
public sealed class WorkerLifetimeTests
{
    /// <summary>Nothing is asked of the storage before a function runs.</summary>
    private const string NoStorage = "UseDevelopmentStorage=true";

    [Fact]
    public async Task It_serves_until_the_host_tells_it_to_end()
    {
        await using var host = await FunctionsHost.StartAsync(WorkerFixture.Settings(NoStorage));
        using var client = new HttpClient { BaseAddress = host.Address };
        Assert.True(await host.IsThereAsync());
        Assert.Equal("Healthy", await client.GetStringAsync("/alive", TestContext.Current.CancellationToken));

        host.Terminate();

        Assert.Equal(0, await host.Worker.WaitForExitAsync());
    }

    [Theory]
    [InlineData("Email__Endpoint", "https://mail.example", "The setting Email:Endpoint asks for email, which this build leaves out")]
    [InlineData("AzureFunctionsJobHost__extensions__durableTask__storageProvider__type", "azureManaged", "asks for the Durable Task Scheduler, which this build leaves out")]
    [InlineData("Store", "", "The setting Store is missing")]
    public async Task It_refuses_to_start_with_settings_that_it_cannot_serve(string setting, string value, string says)
    {
        Assert.SkipWhen(EmailAndScheduler.AreIncluded && says.Contains("leaves out", StringComparison.Ordinal), "This build has the sender and the scheduler.");
        var settings = WorkerFixture.Settings(NoStorage);
        settings[setting] = value;

        await using var host = await FunctionsHost.LaunchAsync(settings);

        Assert.NotEqual(0, await host.Worker.WaitForExitAsync());
        Assert.Contains(says, host.Worker.Output, StringComparison.Ordinal);
    }
}
