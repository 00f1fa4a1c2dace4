using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace MappaFlows.DurableTask.Analyzers;

/// <summary>What Microsoft.DurableTask.Analyzers finds (seen with 1.28.0), so that nothing is reported twice.</summary>
internal static class MicrosoftRules
{
    public const string Logger = "DURABLE0010";

    // A type alone stands for all of its members.
    private static readonly Dictionary<string, string> Members = new(StringComparer.Ordinal)
    {
        ["System.DateTime.Now"] = "DURABLE0001",
        ["System.DateTime.UtcNow"] = "DURABLE0001",
        ["System.DateTime.Today"] = "DURABLE0001",
        ["System.DateTimeOffset.Now"] = "DURABLE0001",
        ["System.DateTimeOffset.UtcNow"] = "DURABLE0001",
        ["System.TimeProvider.GetUtcNow"] = "DURABLE0001",
        ["System.TimeProvider.GetLocalNow"] = "DURABLE0001",
        ["System.TimeProvider.GetTimestamp"] = "DURABLE0001",

        ["System.Guid.NewGuid"] = "DURABLE0002",

        ["System.Threading.Tasks.Task.Delay"] = "DURABLE0003",
        ["System.Threading.Thread.Sleep"] = "DURABLE0003",

        ["System.Threading.Tasks.Task.Run"] = "DURABLE0004",
        ["System.Threading.Tasks.Task.ContinueWith"] = "DURABLE0004",
        ["System.Threading.Tasks.TaskFactory.StartNew"] = "DURABLE0004",
        ["System.Threading.Thread.Start"] = "DURABLE0004",

        ["System.Net.Http.HttpClient"] = "DURABLE0005",
        ["Azure.Storage.Blobs.BlobServiceClient"] = "DURABLE0005",
        ["Azure.Storage.Blobs.BlobContainerClient"] = "DURABLE0005",
        ["Azure.Storage.Blobs.BlobClient"] = "DURABLE0005",
        ["Azure.Storage.Queues.QueueServiceClient"] = "DURABLE0005",
        ["Azure.Storage.Queues.QueueClient"] = "DURABLE0005",
        ["Azure.Data.Tables.TableServiceClient"] = "DURABLE0005",
        ["Azure.Data.Tables.TableClient"] = "DURABLE0005",
        ["Microsoft.Azure.Cosmos.CosmosClient"] = "DURABLE0005",
        ["Microsoft.Data.SqlClient.SqlConnection"] = "DURABLE0005",

        ["System.Environment.GetEnvironmentVariable"] = "DURABLE0006",
        ["System.Environment.GetEnvironmentVariables"] = "DURABLE0006",
        ["System.Environment.ExpandEnvironmentVariables"] = "DURABLE0006",
    };

    public static string? IdFor(ISymbol member) =>
        Members.TryGetValue(MemberNames.Of(member), out var id) || Members.TryGetValue(MemberNames.Of(member.ContainingType), out id)
            ? id
            : null;

    /// <summary>DURABLE0011 knows <c>while (true)</c> with a call of the context in it, and without ContinueAsNew.</summary>
    public static bool FindLoop(ILoopOperation loop, SdkTypes sdk)
    {
        if (loop.Syntax is not WhileStatementSyntax { Condition: LiteralExpressionSyntax condition }
            || !condition.IsKind(SyntaxKind.TrueLiteralExpression))
        {
            return false;
        }

        var calls = loop.Body.Descendants()
            .OfType<IInvocationOperation>()
            .Where(c => sdk.IsContext(c.TargetMethod.ContainingType))
            .ToList();
        return calls.Count > 0 && calls.All(c => c.TargetMethod.Name != "ContinueAsNew");
    }

    /// <summary>
    /// They begin at a method of an orchestrator's class, at an orchestrator trigger, and at what AddOrchestratorFunc is given.
    /// </summary>
    public static bool BeginAt(IMethodSymbol method, SdkTypes sdk) =>
        (sdk.TakesContext(method) && method.ContainingType is { IsRecord: false } type && sdk.IsOrchestrator(type))
        || method.Parameters.SelectMany(p => p.GetAttributes()).Any(a => a.AttributeClass?.Name == "OrchestrationTriggerAttribute");

    /// <summary>From there they follow calls of methods only: no properties, constructors or method groups.</summary>
    public static bool Follow(IOperation operation) => operation is IInvocationOperation { TargetMethod.MethodKind: MethodKind.Ordinary };
}
