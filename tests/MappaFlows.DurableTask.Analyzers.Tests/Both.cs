using System.Collections.Immutable;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Testing;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Analyzers.Orchestration;
using Microsoft.Extensions.Logging;

namespace MappaFlows.DurableTask.Analyzers.Tests;

/// <summary>
/// Runs our rules and Microsoft's on the same code. The markup of a test says all that either finds, and where. So each test shows that
/// one of them finds it, and that the other does not find it again.
/// </summary>
internal static class Both
{
    private const string Usings = """
        using System; using System.Collections.Concurrent; using System.Collections.Generic; using System.IO; using System.Linq; using System.Net.Http;
        using System.Threading; using System.Threading.Tasks; using Microsoft.DurableTask; using Microsoft.Extensions.Logging;

        """;

    public static ImmutableArray<DiagnosticAnalyzer> Microsofts { get; } =
    [
        .. typeof(DateTimeOrchestrationAnalyzer).Assembly.GetTypes()
            .Where(t => t is { IsAbstract: false, ContainsGenericParameters: false } && t.IsSubclassOf(typeof(DiagnosticAnalyzer)))
            .Select(t => (DiagnosticAnalyzer)Activator.CreateInstance(t, nonPublic: true)!),
    ];

    private static readonly ImmutableArray<MetadataReference> References =
    [
        .. Directory.GetFiles(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "*.dll").Where(IsManaged)
            .Append(typeof(TaskOrchestrationContext).Assembly.Location)
            .Append(Assembly.Load("Microsoft.Bcl.AsyncInterfaces").Location)
            .Append(typeof(ILogger).Assembly.Location)
            .Append(typeof(Azure.Data.Tables.TableClient).Assembly.Location)
            .Append(typeof(Azure.Response).Assembly.Location)
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    public static async Task FindAsync(string code, params string[] moreFiles)
    {
        var test = new Test { TestCode = Usings + code };
        foreach (var file in moreFiles)
            test.TestState.Sources.Add(Usings + file);
        await test.RunAsync(TestContext.Current.CancellationToken);
    }

    public static async Task FindBesideLibraryAsync(string code, string library)
    {
        var test = new Test { TestCode = Usings + code };
        test.TestState.AdditionalProjects["Library"].Sources.Add(Usings + library);
        test.TestState.AdditionalProjects["Library"].AdditionalReferences.AddRange(References);
        test.TestState.AdditionalProjectReferences.Add("Library");
        await test.RunAsync(TestContext.Current.CancellationToken);
    }

    public static Task FindInOrchestratorAsync(string statement, string more = "") => FindAsync($$"""
        sealed class Main : TaskOrchestrator<int, int>
        {
            readonly ILogger _logger = null!;
            readonly System.Threading.Channels.ChannelReader<int> _foreign = null!;
            public override async Task<int> RunAsync(TaskOrchestrationContext context, int input)
            {
                {{statement}}
                await context.CallActivityAsync("Last");
                return 0;
            }
        }
        {{more}}
        """);

    private static bool IsManaged(string path)
    {
        try
        {
            return AssemblyName.GetAssemblyName(path) is not null;
        }
        catch (BadImageFormatException)
        {
            return false;
        }
    }

    private sealed class Test : CSharpAnalyzerTest<OrchestrationAnalyzer, DefaultVerifier>
    {
        public Test()
        {
            // The assemblies that this process runs on: nothing is downloaded.
            ReferenceAssemblies = new ReferenceAssemblies("net10.0");
            TestState.AdditionalReferences.AddRange(References);
            // Remarks on names of steps, which snippets have no need to declare.
            DisabledDiagnostics.AddRange(["DURABLE2003", "DURABLE2004"]);
        }

        protected override IEnumerable<DiagnosticAnalyzer> GetDiagnosticAnalyzers() => [.. base.GetDiagnosticAnalyzers(), .. Microsofts];
    }
}
