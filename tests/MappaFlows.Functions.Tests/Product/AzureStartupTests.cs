using System.Reflection;
using MappaFlows.Functions.Orchestration;
using MappaFlows.Workflows;
using MappaFlows.Workflows.Administration;
using MappaFlows.Workflows.Audit;
using MappaFlows.Workflows.Email;
using MappaFlows.Workflows.Orchestrations;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Azure.Functions.Worker.Core.FunctionMetadata;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace MappaFlows.Functions.Tests.Product;

/// <summary>The program as it is wired, short of a host to serve.</summary>
public class AzureStartupTests
{
    public static TheoryData<Type> FunctionClasses =>
        [
            .. typeof(AzureStartup).Assembly.GetTypes().Where(
                type => type.GetMethods().Any(method => method.IsDefined(typeof(FunctionAttribute)))),
        ];

    [Theory]
    [MemberData(nameof(FunctionClasses))]
    public async Task Every_function_finds_what_it_needs_before_any_function_has_run(Type function)
    {
        await using var services = Build();
        await using var scope = services.CreateAsyncScope();

        Assert.IsType(function, ActivatorUtilities.CreateInstance(scope.ServiceProvider, function));
    }

    [Fact]
    public async Task Metadata_lists_the_products_orchestrations_and_activities()
    {
        await using var services = Build();

        var told = await services.GetRequiredService<IFunctionMetadataProvider>().GetFunctionMetadataAsync("");

        var orchestrations = told.Where(function => function.RawBindings!.Any(binding => binding.Contains("orchestrationTrigger", StringComparison.Ordinal)));
        var activities = told.Where(function => function.RawBindings!.Any(binding => binding.Contains("activityTrigger", StringComparison.Ordinal)));
        Assert.Equal(EngineView.Names, orchestrations.Select(function => function.Name!).Order(StringComparer.Ordinal));
        Assert.Equal(ProductTasks.Activities, activities.Select(function => function.Name!).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Every_activity_that_is_registered_can_be_made()
    {
        await using var services = Build();
        var registry = services.GetRequiredService<DurableTaskRegistry>();

        Assert.All(registry.GetActivities().Select(task => task.Value), create => Assert.NotNull(create(services)));
        Assert.All(registry.GetOrchestrators().Select(task => task.Value), create => Assert.NotNull(create(services)));
    }

    [Fact]
    public async Task A_bell_before_any_function_has_run_says_why_it_cannot_ring()
    {
        await using var services = Build();

        var refused = Assert.Throws<InvalidOperationException>(() => services.GetRequiredService<IDurableTaskClientProvider>().GetClient());

        Assert.Contains("durable client", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_deployed_does_not_look_like_a_Node_app() =>
        Assert.False(File.Exists(Path.Combine(AppContext.BaseDirectory, "package.json")), "package.json lies beside host.json.");

    [Theory]
    [InlineData("Store")]
    [InlineData("Audit:Store")]
    [InlineData("Audit:Container")]
    [InlineData("Site:PublicUrl")]
    public void A_setting_that_is_missing_is_named_at_the_start(string missing)
    {
        var refused = Assert.Throws<InvalidOperationException>(() => Build(missing));

        Assert.Contains(missing, refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Site:PublicUrl", "mappaflows.example")]
    [InlineData("Site:PublicUrl", "https://mappaflows.example/site")]
    [InlineData("Email:Sender", "do-not-reply")]
    [InlineData("Email:Sender", "MAPPA <do-not-reply@mail.example>")]
    [InlineData("Email:Endpoint", "mail.example")]
    [InlineData("Email:PerMinute", "0")]
    [InlineData("Email:PerMinute", "thirty")]
    [InlineData("Email:PerHour", "100000")]
    [InlineData("Store", "the usual one")]
    [InlineData("Audit:Store", "http://audit.example")]
    public void A_setting_that_is_wrong_is_named_at_the_start_and_not_by_the_first_user(string setting, string value)
    {
        var refused = Assert.Throws<InvalidOperationException>(() => Build(setting, value));

        Assert.StartsWith($"The setting {setting} is wrong: ", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Emails_lead_to_the_site_and_come_from_its_sender()
    {
        await using var services = Build();

        Assert.Equal(
            ("https://mappaflows.example", "do-not-reply@mail.example"),
            (services.GetRequiredService<ProductOptions>().PublicUrl, services.GetRequiredService<ProductOptions>().SenderAddress));
    }

    private static ServiceProvider Build(string? without = null, string value = "")
    {
        var builder = FunctionsApplication.CreateBuilder([]);
        builder.ConfigureFunctionsWebApplication();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Store"] = "UseDevelopmentStorage=true",
            ["Audit:Store"] = "UseDevelopmentStorage=true",
            ["Audit:Container"] = "audit-heads",
            ["Site:PublicUrl"] = "https://mappaflows.example/",
            ["Email:Endpoint"] = EmailAndScheduler.AreIncluded ? "https://mail.example" : "",
            ["Email:Sender"] = "do-not-reply@mail.example",
            ["Functions:Worker:HostEndpoint"] = "http://127.0.0.1:1",
            ["Functions:Worker:RequestId"] = "request",
            ["Functions:Worker:WorkerId"] = "worker",
            ["Functions:Worker:GrpcMaxMessageLength"] = "1000000",
        });
        if (without is not null)
            builder.Configuration[without] = value;

        // What the worker's own generator adds to the program that it is built into.
        builder.Services.AddSingleton<IFunctionMetadataProvider, GeneratedFunctionMetadataProvider>();
        builder.Services.AddAzureProduct(builder.Configuration);
        return builder.Services.BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });
    }
}
