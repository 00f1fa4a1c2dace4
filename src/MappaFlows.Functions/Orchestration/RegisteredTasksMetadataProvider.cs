using System.Collections.Immutable;
using Microsoft.Azure.Functions.Worker.Core.FunctionMetadata;
using Microsoft.DurableTask;

namespace MappaFlows.Functions.Orchestration;

/// <summary>
/// Reports a durable function to the host for each name in the registry, in the place of the two patterns of
/// <see cref="DurableFunctions"/>. A function of another name with the same entry point runs the same code, so a new orchestration needs no
/// line in this project.
/// </summary>
public sealed class RegisteredTasksMetadataProvider(
    IFunctionMetadataProvider generated,
    DurableTaskRegistry registry) : IFunctionMetadataProvider
{
    /// <exception cref="InvalidOperationException">
    /// A task has the name of a function, or an orchestrator that of an activity: a host has one function for each name.
    /// </exception>
    public async Task<ImmutableArray<IFunctionMetadata>> GetFunctionMetadataAsync(string directory)
    {
        var functions = (await generated.GetFunctionMetadataAsync(directory))
            .SelectMany(function => function.Name switch
            {
                DurableFunctions.OrchestratorPattern => Named(function, registry.GetOrchestrators().Select(task => task.Key)),
                DurableFunctions.ActivityPattern => Named(function, registry.GetActivities().Select(task => task.Key)),
                _ => [function],
            })
            .ToImmutableArray();

        var twice = functions.GroupBy(
            function => function.Name,
            StringComparer.OrdinalIgnoreCase).FirstOrDefault(group => group.Count() > 1);
        return twice is null ? functions : throw new InvalidOperationException($"There are two functions named '{twice.Key}'.");
    }

    private static IEnumerable<IFunctionMetadata> Named(IFunctionMetadata pattern, IEnumerable<TaskName> names) =>
        names.Select(name => new DefaultFunctionMetadata
        {
            Name = name.Name,
            EntryPoint = pattern.EntryPoint,
            ScriptFile = pattern.ScriptFile,
            Language = pattern.Language,
            RawBindings = pattern.RawBindings,
            Retry = pattern.Retry,
        });
}
