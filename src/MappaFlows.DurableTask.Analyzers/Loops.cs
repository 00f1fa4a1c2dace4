using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace MappaFlows.DurableTask.Analyzers;

/// <summary>Which loops never end.</summary>
internal static class Loops
{
    public static bool IsEndless(ILoopOperation loop)
    {
        var condition = loop switch
        {
            IWhileLoopOperation @while => @while.Condition,
            IForLoopOperation @for => @for.Condition,
            _ => null,
        };
        return condition is null or { ConstantValue: { HasValue: true, Value: true } } && !Leaves(loop.Body, loop);
    }

    private static bool Leaves(IOperation operation, ILoopOperation loop) => operation switch
    {
        // What a function in the loop returns is not the loop's end.
        IAnonymousFunctionOperation or ILocalFunctionOperation => false,
        IReturnOperation or IThrowOperation or IBranchOperation { BranchKind: BranchKind.GoTo } => true,
        IBranchOperation { BranchKind: BranchKind.Break } branch => SymbolEqualityComparer.Default.Equals(branch.Target, loop.ExitLabel),
        _ => operation.ChildOperations.Any(child => Leaves(child, loop)),
    };
}
