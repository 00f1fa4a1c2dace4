using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace MappaFlows.DurableTask.Analyzers;

/// <summary>What an orchestration could remember, or be given, outside its history.</summary>
internal static class State
{
    private static readonly HashSet<string> Changes =
    [
        "Add", "AddOrUpdate", "AddRange", "Clear", "Dequeue", "Enqueue", "GetOrAdd", "Insert", "Pop", "Push", "Remove", "RemoveAll", "RemoveAt",
        "TryAdd", "TryDequeue", "TryPop", "TryRemove", "TryTake", "TryUpdate",
    ];

    /// <summary>A static field, or a field of the orchestrator, that can be set.</summary>
    public static bool IsKept(IFieldSymbol field, SdkTypes sdk) => !field.IsConst && !field.IsReadOnly && Outlives(field, sdk);

    /// <summary>The same in a property that the compiler gives a field.</summary>
    public static bool IsKept(IPropertySymbol property, SdkTypes sdk) =>
        Outlives(property, sdk)
        && property.ContainingType.GetMembers().OfType<IFieldSymbol>()
            .Any(f => !f.IsReadOnly && SymbolEqualityComparer.Default.Equals(f.AssociatedSymbol, property.OriginalDefinition));

    /// <summary>A collection in a read-only field is changed all the same.</summary>
    public static IFieldSymbol? Changed(IInvocationOperation call, SdkTypes sdk) =>
        Changes.Contains(call.TargetMethod.Name) ? Collection(call.Instance, sdk) : null;

    public static IFieldSymbol? Changed(IPropertyReferenceOperation indexer, SdkTypes sdk) =>
        indexer.Property.IsIndexer && indexer.Parent is IAssignmentOperation or IIncrementOrDecrementOperation && IsTarget(indexer)
            ? Collection(indexer.Instance, sdk)
            : null;

    /// <summary>What an orchestrator's constructors ask for: the same in no two replays.</summary>
    public static IEnumerable<IParameterSymbol> Dependencies(INamedTypeSymbol orchestrator) =>
        orchestrator.InstanceConstructors.Where(c => !c.IsImplicitlyDeclared).SelectMany(c => c.Parameters);

    /// <summary>A token cannot be recorded: in a replay it would be another, or cancelled at another moment.</summary>
    public static bool HasTokenForInput(INamedTypeSymbol orchestrator)
    {
        for (var at = orchestrator.BaseType; at is not null; at = at.BaseType)
        {
            if (at.TypeArguments.Any(t => t.ToDisplayString() == "System.Threading.CancellationToken"))
                return true;
        }
        return false;
    }

    private static bool Outlives(ISymbol member, SdkTypes sdk) => member.IsStatic || sdk.IsOrchestrator(member.ContainingType);

    private static bool IsTarget(IPropertyReferenceOperation indexer) =>
        indexer.Parent is not IAssignmentOperation assignment || ReferenceEquals(assignment.Target, indexer);

    private static IFieldSymbol? Collection(IOperation? instance, SdkTypes sdk) =>
        instance is IFieldReferenceOperation { Field: { IsReadOnly: true } field }
        && Outlives(field, sdk)
        && field.Type.ContainingNamespace?.ToDisplayString() is "System.Collections" or "System.Collections.Generic" or "System.Collections.Concurrent"
            ? field
            : null;
}
