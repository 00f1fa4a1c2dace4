using Microsoft.CodeAnalysis;

namespace MappaFlows.DurableTask.Analyzers;

/// <summary>The names that the tables of forbidden members use. They leave out type parameters and overloads.</summary>
internal static class MemberNames
{
    public static string Of(INamedTypeSymbol type) =>
        type.ContainingNamespace is { IsGlobalNamespace: false } space ? $"{space.ToDisplayString()}.{type.Name}" : type.Name;

    /// <summary>A constructor's name is <c>new</c>.</summary>
    public static string Of(ISymbol member) =>
        $"{Of(member.ContainingType)}.{(member is IMethodSymbol { MethodKind: MethodKind.Constructor } ? "new" : member.Name)}";

    public static string Shown(ISymbol symbol) => symbol.ToDisplayString(SymbolDisplayFormat.CSharpShortErrorMessageFormat);
}
