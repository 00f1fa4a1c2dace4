using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace MappaFlows.DurableTask.Analyzers;

/// <summary>Which tasks an orchestration may await. A foreign task is found where it is made: a task in a variable has no origin.</summary>
internal static class Awaits
{
    public static bool MakesForeignTask(IInvocationOperation call, SdkTypes sdk) =>
        IsTask(call.TargetMethod.OriginalDefinition.ReturnType) && !IsFine(call.TargetMethod, sdk);

    /// <summary>What is awaited and is no task, such as the awaiter of another library.</summary>
    public static IInvocationOperation? ForeignAwaitable(IAwaitOperation await, SdkTypes sdk) =>
        Unwrapped(await.Operation) is IInvocationOperation { TargetMethod: var method } call
        && !IsTask(method.OriginalDefinition.ReturnType)
        && !IsFine(method, sdk)
            ? call
            : null;

    /// <summary>An iterator of one's own awaits by these rules. Any other stream does not.</summary>
    public static bool IsForeign(IForEachLoopOperation loop, SdkTypes sdk) =>
        loop.IsAsynchronous && !(Unwrapped(loop.Collection) is IInvocationOperation call && sdk.IsOwn(call.TargetMethod));

    /// <summary>The lock of entities is released by the context. What else is disposed of is not.</summary>
    public static bool IsForeignDispose(IOperation @using, SdkTypes sdk)
    {
        var resource = @using switch
        {
            IUsingOperation { IsAsynchronous: true } statement => statement.Resources,
            IUsingDeclarationOperation { IsAsynchronous: true } declaration => declaration.DeclarationGroup,
            _ => null,
        };
        return resource is not null
            && !resource.DescendantsAndSelf().OfType<IInvocationOperation>().Any(c => sdk.IsEntities(c.TargetMethod.ContainingType));
    }

    /// <summary><c>ConfigureAwait(true)</c> is what an await does by itself.</summary>
    public static bool StaysOnItsThread(IInvocationOperation configureAwait) =>
        configureAwait.Arguments.FirstOrDefault()?.Value.ConstantValue switch
        {
            { HasValue: true, Value: bool captured } => captured,
            // ConfigureAwaitOptions: 1 is ContinueOnCapturedContext, 4 is ForceYielding.
            { HasValue: true, Value: int options } => (options & 5) == 1,
            _ => false,
        };

    public static IOperation Unwrapped(IOperation operation)
    {
        while (operation is IConversionOperation conversion)
            operation = conversion.Operand;
        return operation;
    }

    private static bool IsFine(IMethodSymbol method, SdkTypes sdk) =>
        sdk.IsOwn(method)
        || sdk.HandsOutTasks(method)
        || (IsTask(method.ContainingType) && method.Name is "WhenAll" or "WhenAny" or "FromResult" or "FromException" or "FromCanceled" or "AsTask" or "Preserve")
        || method.OriginalDefinition.ReturnType is ITypeParameterSymbol
        || ForbiddenMembers.RuleFor(method) is not null
        || MicrosoftRules.IdFor(method) is not null;

    private static bool IsTask(ITypeSymbol type) =>
        type is INamedTypeSymbol { Name: "Task" or "ValueTask", ContainingNamespace: { } space } && space.ToDisplayString() == "System.Threading.Tasks";
}
