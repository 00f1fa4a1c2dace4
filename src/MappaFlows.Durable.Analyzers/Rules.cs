using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace MappaFlows.Durable.Analyzers;

/// <summary>What an orchestration may not do. All are errors: none of them can be replayed.</summary>
internal static class Rules
{
    public static readonly DiagnosticDescriptor Clock = Rule(
        "MFD0001", "An orchestration takes the time from its context", "'{0}' gives another time in every replay; use the context's CurrentUtcDateTime");

    public static readonly DiagnosticDescriptor Chance = Rule(
        "MFD0002", "An orchestration takes ids and chance from its context", "'{0}' gives another value in every replay; use the context's NewGuid, or an activity");

    public static readonly DiagnosticDescriptor Threads = Rule(
        "MFD0003", "An orchestration waits and branches only by its context", "'{0}' leaves the orchestration's turn; use the context's timers and tasks");

    public static readonly DiagnosticDescriptor InputOutput = Rule(
        "MFD0004", "An orchestration does no input or output", "'{0}' reaches outside; do it in an activity");

    public static readonly DiagnosticDescriptor Surroundings = Rule(
        "MFD0005", "An orchestration does not look at its surroundings", "'{0}' may differ from host to host; pass it in the input, or ask an activity");

    public static readonly DiagnosticDescriptor ConfigureAwait = Rule(
        "MFD0006", "An orchestration does not configure its awaits", "'{0}' may lead the code out of its turn; await the task itself");

    public static readonly DiagnosticDescriptor State = Rule(
        "MFD0007", "An orchestration has no state or dependency outside its history", "'{0}' is not in the history and is gone, or changed, at the next replay");

    public static readonly DiagnosticDescriptor Logger = Rule(
        "MFD0008", "An orchestration logs by a replay-safe logger", "'{0}' logs again in every replay; use the context's CreateReplaySafeLogger");

    public static readonly DiagnosticDescriptor EndlessLoop = Rule(
        "MFD0009", "An orchestration that goes on for ever uses ContinueAsNew", "This loop never ends, and nor does its history; {0}");

    public static readonly DiagnosticDescriptor ForeignAwait = Rule(
        "MFD0010", "An orchestration awaits only what its context hands out", "'{0}' is not a task of the context and cannot be replayed");

    public static readonly DiagnosticDescriptor CancelAsync = Rule(
        "MFD0011",
        "An orchestration cancels within its turn",
        "'{0}' cancels on another thread, where what was cancelled goes on; use Cancel");

    public static ImmutableArray<DiagnosticDescriptor> All { get; } =
        [Clock, Chance, Threads, InputOutput, Surroundings, ConfigureAwait, State, Logger, EndlessLoop, ForeignAwait, CancelAsync];

    private static DiagnosticDescriptor Rule(string id, string title, string message) =>
        new(id, title, message, "Orchestration", DiagnosticSeverity.Error, isEnabledByDefault: true, customTags: WellKnownDiagnosticTags.CompilationEnd);
}
