using System.Collections.Concurrent;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace MappaFlows.DurableTask.Analyzers;

/// <summary>
/// Microsoft's rules take a lambda for the method that it stands in, by the literal that names it. So of several lambdas in one method
/// that have the same name, or names without a literal (<c>nameof</c>, a constant), they see only the first.
/// </summary>
internal sealed class MicrosoftRegistrations
{
    private readonly ConcurrentDictionary<ISymbol, ConcurrentDictionary<string, bool>> _seen = new(SymbolEqualityComparer.Default);

    public bool BeginsAtLambda(IInvocationOperation registration, ISymbol containing) =>
        containing is IMethodSymbol
        && _seen.GetOrAdd(containing, _ => new()).TryAdd(NameIn(registration) ?? containing.Name, true);

    private static string? NameIn(IInvocationOperation registration) =>
        registration.Arguments.FirstOrDefault(a => a.Parameter?.Name == "name")?.Syntax
            .DescendantNodes().OfType<LiteralExpressionSyntax>().FirstOrDefault()?.Token.ValueText;
}
