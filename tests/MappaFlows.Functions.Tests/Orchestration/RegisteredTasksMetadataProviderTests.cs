using System.Collections.Immutable;
using MappaFlows.Functions.Orchestration;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Azure.Functions.Worker.Core.FunctionMetadata;
using Microsoft.Extensions.DependencyInjection;
using Moq;

namespace MappaFlows.Functions.Tests.Orchestration;

public class RegisteredTasksMetadataProviderTests
{
    private static readonly DurableTaskRegistry Registry = Register(new DurableTaskRegistry());

    private static DurableTaskRegistry Register(DurableTaskRegistry tasks) => tasks
        .AddOrchestratorFunc<string, string>("Screening", (_, input) => Task.FromResult(input))
        .AddOrchestratorFunc<string, string>("ExitWatch", (_, input) => Task.FromResult(input))
        .AddActivityFunc<string, string>("ReadCase", (_, input) => Task.FromResult(input));

    [Fact]
    public async Task Each_registered_task_is_a_function_of_its_own_name()
    {
        var functions = await ProvideAsync(
            Registry,
            Pattern("Site"),
            Pattern(DurableFunctions.OrchestratorPattern),
            Pattern(DurableFunctions.ActivityPattern));

        Assert.Equal(["ExitWatch", "ReadCase", "Screening", "Site"], functions.Select(f => f.Name).Order());
        Assert.All(functions.Where(f => f.Name is "Screening" or "ExitWatch"), f => Assert.Equal("Entry.Orchestrator", f.EntryPoint));
        Assert.All(functions.Where(f => f.Name is "ReadCase"), f => Assert.Equal(["{\"of\":\"Activity\"}"], f.RawBindings));
        Assert.Equal(4, functions.Select(f => f.FunctionId).Distinct().Count());
    }

    [Fact]
    public async Task Two_functions_of_one_name_are_refused()
    {
        var registry = new DurableTaskRegistry().AddActivityFunc<string, string>("site", (_, input) => Task.FromResult(input));

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(
            () => ProvideAsync(registry, Pattern("Site"), Pattern(DurableFunctions.ActivityPattern)));

        Assert.Contains("Site", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Metadata_lists_compiled_triggers()
    {
        var builder = FunctionsApplication.CreateBuilder([]);
        builder.Services.AddSingleton<IFunctionMetadataProvider, GeneratedFunctionMetadataProvider>();
        builder.Services.AddDurableTasks(tasks => Register(tasks));
        await using var services = builder.Services.BuildServiceProvider();

        var functions = await services.GetRequiredService<IFunctionMetadataProvider>().GetFunctionMetadataAsync("");

        Assert.Equal(["DeliveryReport", "ExitWatch", "ReadCase", "Screening", "Site", "Sweep"], functions.Select(f => f.Name).Order());
        Assert.Contains("orchestrationTrigger", BindingsOf(functions, "Screening"), StringComparison.Ordinal);
        Assert.Contains("activityTrigger", BindingsOf(functions, "ReadCase"), StringComparison.Ordinal);
        Assert.Contains("\"route\":\"{*path}\"", BindingsOf(functions, "Site"), StringComparison.Ordinal);
        Assert.Contains("%SweepSchedule%", BindingsOf(functions, "Sweep"), StringComparison.Ordinal);

        // Whatever leads to code that may ring a doorbell brings the client to ring it with.
        Assert.All(["ReadCase", "Site", "Sweep"], name => Assert.Contains("durableClient", BindingsOf(functions, name), StringComparison.Ordinal));
    }

    private static string BindingsOf(ImmutableArray<IFunctionMetadata> functions, string name) =>
        string.Concat(functions.Single(f => f.Name == name).RawBindings!);

    private static IFunctionMetadata Pattern(string name) => new DefaultFunctionMetadata
    {
        Name = name,
        EntryPoint = "Entry." + name,
        ScriptFile = "MappaFlows.Functions.dll",
        Language = "dotnet-isolated",
        RawBindings = [$"{{\"of\":\"{name}\"}}"],
    };

    private static Task<ImmutableArray<IFunctionMetadata>> ProvideAsync(DurableTaskRegistry registry, params IFunctionMetadata[] generated)
    {
        var provider = new Mock<IFunctionMetadataProvider>();
        provider.Setup(p => p.GetFunctionMetadataAsync("dir")).ReturnsAsync([.. generated]);
        return new RegisteredTasksMetadataProvider(provider.Object, registry).GetFunctionMetadataAsync("dir");
    }
}
