using System;
using System.Collections.Generic;
using Microsoft.CodeAnalysis;

namespace MappaFlows.Durable.Analyzers;

/// <summary>Which members of the framework break which rule.</summary>
internal static class ForbiddenMembers
{
    // A type alone stands for all of its members.
    private static readonly Dictionary<string, DiagnosticDescriptor> Members = new(StringComparer.Ordinal)
    {
        ["System.DateTime.Now"] = Rules.Clock,
        ["System.DateTime.UtcNow"] = Rules.Clock,
        ["System.DateTime.Today"] = Rules.Clock,
        ["System.DateTimeOffset.Now"] = Rules.Clock,
        ["System.DateTimeOffset.UtcNow"] = Rules.Clock,
        ["System.TimeProvider"] = Rules.Clock,
        ["System.TimeZoneInfo.Local"] = Rules.Surroundings,
        ["System.Diagnostics.Stopwatch"] = Rules.Clock,
        ["System.Environment.TickCount"] = Rules.Clock,
        ["System.Environment.TickCount64"] = Rules.Clock,

        ["System.Guid.NewGuid"] = Rules.Chance,
        ["System.Guid.CreateVersion7"] = Rules.Chance,
        ["System.Random"] = Rules.Chance,
        ["System.Security.Cryptography.RandomNumberGenerator"] = Rules.Chance,
        ["System.IO.Path.GetRandomFileName"] = Rules.Chance,

        ["System.Threading.Tasks.Task.Delay"] = Rules.Threads,
        ["System.Threading.Tasks.Task.Run"] = Rules.Threads,
        ["System.Threading.Tasks.Task.Wait"] = Rules.Threads,
        ["System.Threading.Tasks.Task.WaitAll"] = Rules.Threads,
        ["System.Threading.Tasks.Task.WaitAny"] = Rules.Threads,
        ["System.Threading.Tasks.Task.WaitAsync"] = Rules.Threads,
        ["System.Threading.Tasks.Task.ContinueWith"] = Rules.Threads,
        ["System.Threading.Tasks.Task.Yield"] = Rules.Threads,
        ["System.Threading.Tasks.Task.Start"] = Rules.Threads,
        ["System.Threading.Tasks.TaskFactory"] = Rules.Threads,
        ["System.Threading.Tasks.Parallel"] = Rules.Threads,
        ["System.Runtime.CompilerServices.TaskAwaiter.GetResult"] = Rules.Threads,
        ["System.Threading.Thread"] = Rules.Threads,
        ["System.Threading.ThreadPool"] = Rules.Threads,
        ["System.Threading.Timer"] = Rules.Threads,
        ["System.Threading.PeriodicTimer"] = Rules.Threads,
        ["System.Timers.Timer"] = Rules.Threads,
        ["System.Threading.SemaphoreSlim"] = Rules.Threads,
        ["System.Threading.Semaphore"] = Rules.Threads,
        ["System.Threading.Mutex"] = Rules.Threads,
        ["System.Threading.Monitor"] = Rules.Threads,
        ["System.Threading.Lock"] = Rules.Threads,
        ["System.Threading.WaitHandle"] = Rules.Threads,
        ["System.Threading.SpinWait"] = Rules.Threads,
        ["System.Threading.CancellationTokenSource.CancelAfter"] = Rules.Threads,
        ["System.Threading.CancellationTokenSource.CancelAsync"] = Rules.CancelAsync,

        ["System.Console"] = Rules.InputOutput,
        ["System.Diagnostics.Process"] = Rules.InputOutput,

        ["System.Environment"] = Rules.Surroundings,
        ["System.AppContext"] = Rules.Surroundings,
        ["System.Globalization.CultureInfo.CurrentCulture"] = Rules.Surroundings,
        ["System.Globalization.CultureInfo.CurrentUICulture"] = Rules.Surroundings,

        ["System.Threading.Tasks.Task.ConfigureAwait"] = Rules.ConfigureAwait,
        ["System.Threading.Tasks.ValueTask.ConfigureAwait"] = Rules.ConfigureAwait,
    };

    private static readonly Dictionary<string, DiagnosticDescriptor> Namespaces = new(StringComparer.Ordinal)
    {
        ["System.IO"] = Rules.InputOutput,
        ["System.Net"] = Rules.InputOutput,
        ["System.Data"] = Rules.InputOutput,
        ["Azure"] = Rules.InputOutput,
        ["MailKit"] = Rules.InputOutput,
        ["MappaFlows.Tables"] = Rules.InputOutput,
        ["Microsoft.Azure"] = Rules.InputOutput,
        ["Microsoft.Data"] = Rules.InputOutput,
        ["Microsoft.EntityFrameworkCore"] = Rules.InputOutput,
        ["Microsoft.Extensions.Configuration"] = Rules.Surroundings,
    };

    // Pure, although their namespace or type is not.
    private static readonly HashSet<string> Allowed = new(StringComparer.Ordinal)
    {
        "System.IO.Path",
        "System.IO.StringReader",
        "System.IO.StringWriter",
        "System.Net.HttpStatusCode",
        "System.Environment.NewLine",
    };

    public static DiagnosticDescriptor? RuleFor(ISymbol member)
    {
        if (member.ContainingType?.OriginalDefinition is not { } type)
            return null;
        var typeName = NameOf(type);
        var memberName = member is IMethodSymbol { MethodKind: MethodKind.Constructor } ? typeName : $"{typeName}.{member.Name}";
        if (Members.TryGetValue(memberName, out var rule))
            return rule;
        if (Allowed.Contains(typeName) || Allowed.Contains(memberName))
            return null;
        if (Members.TryGetValue(typeName, out rule))
            return rule;
        for (var space = type.ContainingNamespace; space is { IsGlobalNamespace: false }; space = space.ContainingNamespace)
        {
            if (Namespaces.TryGetValue(space.ToDisplayString(), out rule))
                return rule;
        }
        return null;
    }

    private static string NameOf(INamedTypeSymbol type) =>
        type.ContainingNamespace is { IsGlobalNamespace: false } space ? $"{space.ToDisplayString()}.{type.Name}" : type.Name;
}
