using System;
using System.Collections.Generic;
using Microsoft.CodeAnalysis;

namespace MappaFlows.DurableTask.Analyzers;

/// <summary>Which members of the framework break which rule, where Microsoft's rules do not know them.</summary>
internal static class ForbiddenMembers
{
    // A type alone stands for all of its members.
    private static readonly Dictionary<string, DiagnosticDescriptor> Members = new(StringComparer.Ordinal)
    {
        ["System.Diagnostics.Stopwatch"] = Rules.Value,
        ["System.Environment.TickCount"] = Rules.Value,
        ["System.Environment.TickCount64"] = Rules.Value,
        ["System.Guid.CreateVersion7"] = Rules.Value,
        ["System.IO.Path.GetRandomFileName"] = Rules.Value,
        ["System.Random"] = Rules.Value,
        ["System.Security.Cryptography.RandomNumberGenerator"] = Rules.Value,

        ["System.Threading.Tasks.Task.Wait"] = Rules.Thread,
        ["System.Threading.Tasks.Task.WaitAll"] = Rules.Thread,
        ["System.Threading.Tasks.Task.WaitAny"] = Rules.Thread,
        ["System.Threading.Tasks.Task.WaitAsync"] = Rules.Thread,
        ["System.Threading.Tasks.Task.Yield"] = Rules.Thread,
        ["System.Threading.Tasks.Task.Start"] = Rules.Thread,
        ["System.Threading.Tasks.Task.Result"] = Rules.Thread,
        ["System.Threading.Tasks.ValueTask.Result"] = Rules.Thread,
        ["System.Threading.Tasks.TaskFactory"] = Rules.Thread,
        ["System.Threading.Tasks.Parallel"] = Rules.Thread,
        ["System.Runtime.CompilerServices.TaskAwaiter.GetResult"] = Rules.Thread,
        ["System.Runtime.CompilerServices.ValueTaskAwaiter.GetResult"] = Rules.Thread,
        ["System.Threading.Thread"] = Rules.Thread,
        ["System.Threading.ThreadPool"] = Rules.Thread,
        ["System.Threading.Timer"] = Rules.Thread,
        ["System.Threading.PeriodicTimer"] = Rules.Thread,
        ["System.TimeProvider.CreateTimer"] = Rules.Thread,
        ["System.Timers.Timer"] = Rules.Thread,
        ["System.Threading.SemaphoreSlim"] = Rules.Thread,
        ["System.Threading.Semaphore"] = Rules.Thread,
        ["System.Threading.Mutex"] = Rules.Thread,
        ["System.Threading.Monitor"] = Rules.Thread,
        ["System.Threading.Lock"] = Rules.Thread,
        ["System.Threading.WaitHandle"] = Rules.Thread,
        ["System.Threading.ManualResetEventSlim"] = Rules.Thread,
        ["System.Threading.SpinWait"] = Rules.Thread,
        ["System.Threading.CancellationTokenSource.CancelAfter"] = Rules.Thread,
        ["System.Threading.CancellationTokenSource.CancelAsync"] = Rules.CancelAsync,

        ["System.AppContext"] = Rules.Outside,
        ["System.Console"] = Rules.Outside,
        ["System.Diagnostics.Process"] = Rules.Outside,
        ["System.Environment"] = Rules.Outside,
        ["System.Globalization.CultureInfo.CurrentCulture"] = Rules.Outside,
        ["System.Globalization.CultureInfo.CurrentUICulture"] = Rules.Outside,
        ["System.TimeProvider.LocalTimeZone"] = Rules.Outside,
        ["System.TimeZoneInfo.Local"] = Rules.Outside,

        ["System.Threading.Tasks.Task.ConfigureAwait"] = Rules.ConfigureAwait,
        ["System.Threading.Tasks.ValueTask.ConfigureAwait"] = Rules.ConfigureAwait,
    };

    private static readonly Dictionary<string, DiagnosticDescriptor> Namespaces = new(StringComparer.Ordinal)
    {
        ["System.IO"] = Rules.Outside,
        ["System.Net"] = Rules.Outside,
        ["System.Data"] = Rules.Outside,
        ["Azure"] = Rules.Outside,
        ["MailKit"] = Rules.Outside,
        ["MappaFlows.Tables"] = Rules.Outside,
        ["Microsoft.Azure"] = Rules.Outside,
        ["Microsoft.Data"] = Rules.Outside,
        ["Microsoft.DurableTask.Client"] = Rules.Outside,
        ["Microsoft.EntityFrameworkCore"] = Rules.Outside,
        ["Microsoft.Extensions.Configuration"] = Rules.Outside,
    };

    // Pure, although their namespace or type is not. A thread that is made does nothing before it is started.
    private static readonly HashSet<string> Allowed = new(StringComparer.Ordinal)
    {
        "System.Environment.NewLine",
        "System.IO.Path",
        "System.IO.StringReader",
        "System.IO.StringWriter",
        "System.Net.HttpStatusCode",
        "System.Net.WebUtility",
        "System.Threading.Thread.new",
    };

    public static DiagnosticDescriptor? RuleFor(ISymbol member)
    {
        if (member.ContainingType?.OriginalDefinition is not { } type)
            return null;
        var typeName = MemberNames.Of(type);
        var memberName = MemberNames.Of(member);
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
}
