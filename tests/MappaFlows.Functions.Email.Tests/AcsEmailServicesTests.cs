using MappaFlows.Workflows.Email;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace MappaFlows.Functions.Email.Tests;

public sealed class AcsEmailServicesTests
{
    [Fact]
    public void Email_transport_is_Azures_with_default_limits()
    {
        using var services = With(("Email:Endpoint", "https://mail.example.test"), ("Email:Sender", "case-updates@example.test"));

        var transport = services.GetRequiredService<IEmailTransport>();

        Assert.IsType<AcsEmailTransport>(transport);
        Assert.Equal(new EmailRateLimits(30, 100), transport.Limits);
    }

    [Fact]
    public void A_raised_quota_is_a_setting()
    {
        using var services = With(("Email:Endpoint", "https://mail.example.test"), ("Email:PerMinute", "60"), ("Email:PerHour", "2000"));

        Assert.Equal(new EmailRateLimits(60, 2000), services.GetRequiredService<IEmailTransport>().Limits);
    }

    [Fact]
    public void Without_an_endpoint_the_setting_that_is_missing_is_named()
    {
        using var services = With();

        Assert.Contains(
            "Email:Endpoint",
            Assert.Throws<InvalidOperationException>(() => services.GetRequiredService<IEmailTransport>()).Message,
            StringComparison.Ordinal);
    }

    private static ServiceProvider With(params (string Name, string Value)[] settings) => new ServiceCollection()
        .AddAcsEmail(
            new ConfigurationBuilder().AddInMemoryCollection(settings.ToDictionary(setting => setting.Name, setting =>
                (string?)setting.Value)).Build())
        .BuildServiceProvider();
}
