using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace MappaFlows.DurableTask.Analyzers;

/// <summary>What an orchestration may not do, beyond what Microsoft's rules find. All are errors: none of them can be replayed.</summary>
internal static class Rules
{
    public static readonly DiagnosticDescriptor ForeignAwait = Rule(
        "MAPPA0001", "An orchestration awaits only what its context hands out", "'{0}' is not a task of the context and cannot be replayed");

    public static readonly DiagnosticDescriptor ConfigureAwait = Rule(
        "MAPPA0002", "An orchestration does not configure its awaits", "'{0}' may continue on another thread; await the task itself");

    public static readonly DiagnosticDescriptor CancelAsync = Rule(
        "MAPPA0003", "An orchestration cancels on its own thread", "'{0}' cancels on another thread, and the code that waited continues there; use Cancel");

    public static readonly DiagnosticDescriptor State = Rule(
        "MAPPA0004", "An orchestration has no state or dependency outside its history", "'{0}' is not in the history, so a replay may see another value");

    public static readonly DiagnosticDescriptor Value = Rule(
        "MAPPA0005", "An orchestration takes time and random values from its context", "'{0}' gives another value in each replay; use the context, or an activity");

    public static readonly DiagnosticDescriptor Thread = Rule(
        "MAPPA0006", "An orchestration neither blocks its thread nor leaves it", "'{0}' blocks the thread or leaves it; await the context's timers and tasks");

    public static readonly DiagnosticDescriptor Outside = Rule(
        "MAPPA0007", "An orchestration reads and writes nothing outside its history", "'{0}' reaches outside the history; pass the value in the input, or use an activity");

    public static readonly DiagnosticDescriptor EndlessLoop = Rule(
        "MAPPA0008", "An orchestration that never ends continues as new", "This loop never ends, so the history grows for ever; call ContinueAsNew and return");

    public static readonly DiagnosticDescriptor Unseen = Rule(
        "MAPPA0009", "An orchestration keeps Microsoft's rules in all code that it runs", "{1} forbids '{0}' in an orchestration but does not look here");

    public static ImmutableArray<DiagnosticDescriptor> All { get; } =
        [ForeignAwait, ConfigureAwait, CancelAsync, State, Value, Thread, Outside, EndlessLoop, Unseen];

    private static DiagnosticDescriptor Rule(string id, string title, string message) =>
        new(id, title, message, "Orchestration", DiagnosticSeverity.Error, isEnabledByDefault: true, customTags: WellKnownDiagnosticTags.CompilationEnd);
}
