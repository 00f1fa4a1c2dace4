using System.Linq;
using Microsoft.CodeAnalysis;

namespace MappaFlows.DurableTask.Analyzers;

/// <summary>The types of the Durable Task SDK that say what an orchestration is.</summary>
internal sealed class SdkTypes
{
    private readonly IAssemblySymbol _ownCode;
    private readonly INamedTypeSymbol _context;
    private readonly INamedTypeSymbol _orchestrator;
    private readonly INamedTypeSymbol? _entities;
    private readonly INamedTypeSymbol? _registry;

    private SdkTypes(INamedTypeSymbol context, INamedTypeSymbol orchestrator, Compilation compilation)
    {
        _ownCode = compilation.Assembly;
        _context = context;
        _orchestrator = orchestrator;
        _entities = compilation.GetTypeByMetadataName("Microsoft.DurableTask.Entities.TaskOrchestrationEntityFeature");
        _registry = compilation.GetTypeByMetadataName("Microsoft.DurableTask.DurableTaskRegistry");
    }

    /// <summary>Null where the code does not use the SDK.</summary>
    public static SdkTypes? In(Compilation compilation) =>
        compilation.GetTypeByMetadataName("Microsoft.DurableTask.TaskOrchestrationContext") is { } context
        && compilation.GetTypeByMetadataName("Microsoft.DurableTask.ITaskOrchestrator") is { } orchestrator
            ? new SdkTypes(context, orchestrator, compilation)
            : null;

    /// <summary>Code of this assembly is followed into. Code of another is judged by its name.</summary>
    public bool IsOwn(ISymbol symbol) => SymbolEqualityComparer.Default.Equals(symbol.ContainingAssembly, _ownCode);

    public bool IsContext(ITypeSymbol? type) => IsOrDerivesFrom(type, _context);

    public bool TakesContext(IMethodSymbol method) => method.Parameters.Any(p => IsContext(p.Type));

    public bool IsOrchestrator(INamedTypeSymbol? type) =>
        type is { TypeKind: TypeKind.Class } && type.AllInterfaces.Contains(_orchestrator, SymbolEqualityComparer.Default);

    /// <summary>The context and its entities hand out tasks, and so does code of another assembly that was given the context.</summary>
    public bool HandsOutTasks(IMethodSymbol method) =>
        IsContext(method.ContainingType)
        || IsEntities(method.ContainingType)
        || TakesContext(method)
        || method.ContainingType.InstanceConstructors.Any(TakesContext);

    public bool IsEntities(ITypeSymbol? type) => IsOrDerivesFrom(type, _entities);

    public bool RegistersFunction(IMethodSymbol method) =>
        method.Name == "AddOrchestratorFunc" && SymbolEqualityComparer.Default.Equals(method.ContainingType, _registry);

    private static bool IsOrDerivesFrom(ITypeSymbol? type, INamedTypeSymbol? other)
    {
        for (; type is not null && other is not null; type = type.BaseType)
        {
            if (SymbolEqualityComparer.Default.Equals(type, other))
                return true;
        }
        return false;
    }
}
