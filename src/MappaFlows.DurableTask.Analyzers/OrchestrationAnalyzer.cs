using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace MappaFlows.DurableTask.Analyzers;

/// <summary>
/// Fails the build where an orchestration does what cannot be replayed and Microsoft's rules do not find: in a class that derives from
/// <c>TaskOrchestrator</c>, in any code that is given a <c>TaskOrchestrationContext</c>, and in all code of the same assembly that these
/// run.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class OrchestrationAnalyzer : DiagnosticAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => Rules.All;

    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(start =>
        {
            if (SdkTypes.In(start.Compilation) is not { } sdk)
                return;
            var analysis = new CompilationAnalysis(sdk);
            start.RegisterOperationAction(
                c => analysis.Look(c.Operation, c.ContainingSymbol),
                OperationKind.Invocation,
                OperationKind.PropertyReference,
                OperationKind.FieldReference,
                OperationKind.ObjectCreation,
                OperationKind.MethodReference,
                OperationKind.Await,
                OperationKind.Loop,
                OperationKind.Using,
                OperationKind.UsingDeclaration,
                OperationKind.Lock);
            start.RegisterSymbolAction(c => analysis.LookAtType((INamedTypeSymbol)c.Symbol), SymbolKind.NamedType);
            start.RegisterCompilationEndAction(analysis.Report);
        });
    }
}
