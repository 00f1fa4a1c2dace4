using System;
using System.Collections.Concurrent;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace MappaFlows.DurableTask.Analyzers;

/// <summary>What was seen in one compilation. It counts only where an orchestration reaches it, which is known at the end.</summary>
internal sealed class CompilationAnalysis(SdkTypes sdk)
{
    private readonly CallGraph _graph = new();
    private readonly MicrosoftRegistrations _microsoft = new();
    private readonly ConcurrentBag<(ISymbol Owner, Diagnostic Diagnostic, bool MicrosoftFinds)> _findings = [];

    public void Look(IOperation operation, ISymbol containing)
    {
        // Neither runs.
        if (operation.Parent is INameOfOperation or IAttributeOperation)
            return;
        var owner = OwnerOf(operation, containing);
        if (IsOrchestration(owner))
            _graph.AddRoot(owner, owner is IMethodSymbol method && MicrosoftRules.BeginAt(method, sdk));

        switch (operation)
        {
            case IInvocationOperation call:
                LookAtCall(owner, call, containing);
                break;
            case IPropertyReferenceOperation property:
                LookAtProperty(owner, property);
                break;
            case IFieldReferenceOperation { Field: var field } when State.IsKept(field, sdk):
                Add(owner, Rules.State, operation.Syntax.GetLocation(), field.Name);
                break;
            case IObjectCreationOperation { Constructor: { } constructor }:
                LookAtMember(owner, operation, constructor);
                LookAtInitialisers(owner, constructor.ContainingType);
                break;
            case IMethodReferenceOperation reference:
                LookAtMember(owner, reference, reference.Method);
                break;
            case IAwaitOperation await when Awaits.ForeignAwaitable(await, sdk) is { } call:
                Add(owner, Rules.ForeignAwait, call.Syntax.GetLocation(), NameOf(call.TargetMethod));
                break;
            case IForEachLoopOperation loop when Awaits.IsForeign(loop, sdk):
                Add(owner, Rules.ForeignAwait, FirstWord(operation), "await foreach");
                break;
            case IWhileLoopOperation or IForLoopOperation when Loops.IsEndless((ILoopOperation)operation):
                Add(owner, Rules.EndlessLoop, FirstWord(operation), MicrosoftRules.FindLoop((ILoopOperation)operation, sdk));
                break;
            case IUsingOperation or IUsingDeclarationOperation when Awaits.IsForeignDispose(operation, sdk):
                Add(owner, Rules.ForeignAwait, FirstWord(operation), "await using");
                break;
            case ILockOperation:
                Add(owner, Rules.Thread, FirstWord(operation), "lock");
                break;
        }
    }

    public void LookAtType(INamedTypeSymbol type)
    {
        if (!sdk.IsOrchestrator(type) || type.IsAbstract)
            return;
        _graph.AddRoot(type, alsoMicrosoft: false);
        if (State.HasTokenForInput(type))
            Add(type, Rules.State, type.Locations[0], "CancellationToken");
        foreach (var dependency in State.Dependencies(type))
            Add(type, Rules.State, dependency.Locations[0], dependency.Name);
    }

    public void Report(CompilationAnalysisContext context)
    {
        var reached = _graph.Reached();
        var reachedByMicrosoft = _graph.ReachedByMicrosoft();
        foreach (var (owner, diagnostic, microsoftFinds) in _findings)
        {
            if (reached.Contains(owner) && !(microsoftFinds && CallGraph.FunctionsAround(owner).Any(reachedByMicrosoft.Contains)))
                context.ReportDiagnostic(diagnostic);
        }
    }

    private void LookAtCall(ISymbol owner, IInvocationOperation call, ISymbol containing)
    {
        LookAtRegistration(call, containing);
        LookAtLogger(owner, call);
        LookAtMember(owner, call, call.TargetMethod);
        if (Awaits.MakesForeignTask(call, sdk))
            Add(owner, Rules.ForeignAwait, call.Syntax.GetLocation(), NameOf(call.TargetMethod));
        if (State.Changed(call, sdk) is { } collection)
            Add(owner, Rules.State, call.Syntax.GetLocation(), collection.Name);
    }

    private void LookAtProperty(ISymbol owner, IPropertyReferenceOperation reference)
    {
        LookAtMember(owner, reference, reference.Property);
        if (State.IsKept(reference.Property, sdk))
            Add(owner, Rules.State, reference.Syntax.GetLocation(), reference.Property.Name);
        if (State.Changed(reference, sdk) is { } collection)
            Add(owner, Rules.State, reference.Syntax.GetLocation(), collection.Name);
    }

    private void LookAtMember(ISymbol owner, IOperation operation, ISymbol member)
    {
        if (member is IPropertySymbol property && sdk.IsOwn(property))
        {
            Follow(owner, property.GetMethod, operation);
            Follow(owner, property.SetMethod, operation);
        }
        else if (member is IMethodSymbol method && sdk.IsOwn(method))
        {
            Follow(owner, method.ReducedFrom ?? method, operation);
        }
        else if (MicrosoftRules.IdFor(member) is { } id)
        {
            Add(
                owner,
                Rules.Unseen,
                operation.Syntax.GetLocation(),
                operation is not IMethodReferenceOperation,
                MemberNames.Shown(member),
                id);
        }
        else if (ForbiddenMembers.RuleFor(member) is { } rule && !IsAllowed(operation))
        {
            Add(owner, rule, operation.Syntax.GetLocation(), MemberNames.Shown(member));
        }
    }

    private bool IsAllowed(IOperation operation) =>
        operation is IInvocationOperation call
        && (sdk.TakesContext(call.TargetMethod) || (call.TargetMethod.Name == "ConfigureAwait" && Awaits.StaysOnItsThread(call)));

    /// <summary>What stands beside a type's fields and properties runs with each constructor, written or not.</summary>
    private void LookAtInitialisers(ISymbol owner, INamedTypeSymbol type)
    {
        if (!sdk.IsOwn(type))
            return;
        foreach (var member in type.GetMembers())
        {
            if (member is IFieldSymbol { IsStatic: false, IsImplicitlyDeclared: false } or IPropertySymbol { IsStatic: false })
                _graph.AddCall(owner, member, alsoMicrosoft: false);
        }
    }

    private void LookAtRegistration(IInvocationOperation call, ISymbol containing)
    {
        if (!sdk.RegistersFunction(call.TargetMethod))
            return;
        foreach (var given in call.Arguments.Select(a => a.Value).OfType<IDelegateCreationOperation>())
        {
            if (given.Target is IAnonymousFunctionOperation { Symbol: var lambda })
                _graph.AddRoot(lambda, _microsoft.BeginsAtLambda(call, containing));
            else if (given.Target is IMethodReferenceOperation { Method: var method })
                _graph.AddRoot(method.OriginalDefinition, alsoMicrosoft: true);
        }
    }

    /// <summary>A logger that is held rather than made by the context is not replay-safe.</summary>
    private void LookAtLogger(ISymbol owner, IInvocationOperation call)
    {
        if (!call.TargetMethod.Name.StartsWith("Log", StringComparison.Ordinal)
            || (call.Instance ?? call.Arguments.FirstOrDefault()?.Value) is not { } first)
        {
            return;
        }

        if (Awaits.Unwrapped(first) is { Type: { } type } and (IFieldReferenceOperation or IPropertyReferenceOperation)
            && (type.Name == "ILogger" || type.AllInterfaces.Any(i => i.Name == "ILogger")))
        {
            Add(owner, Rules.Unseen, call.Syntax.GetLocation(), true, call.TargetMethod.Name, MicrosoftRules.Logger);
        }
    }

    private void Follow(ISymbol owner, ISymbol? called, IOperation operation)
    {
        if (called is not null)
            _graph.AddCall(owner, called, MicrosoftRules.Follow(operation));
    }

    private void Add(ISymbol owner, DiagnosticDescriptor rule, Location location, string what) => Add(owner, rule, location, false, what);

    private void Add(ISymbol owner, DiagnosticDescriptor rule, Location location, bool microsoftFinds, params object[] words) =>
        _findings.Add((owner, Diagnostic.Create(rule, location, words), microsoftFinds));

    /// <summary>A lambda belongs to the function around it, unless it is given a context: then it is an orchestration itself.</summary>
    private ISymbol OwnerOf(IOperation operation, ISymbol containing)
    {
        var enclosing = operation.SemanticModel?.GetEnclosingSymbol(operation.Syntax.SpanStart);
        var owner = enclosing is IMethodSymbol { MethodKind: MethodKind.LambdaMethod or MethodKind.LocalFunction } ? enclosing : containing;
        while (owner is IMethodSymbol { MethodKind: MethodKind.LambdaMethod } lambda && !sdk.TakesContext(lambda))
            owner = lambda.ContainingSymbol;
        return owner.OriginalDefinition;
    }

    private bool IsOrchestration(ISymbol symbol) =>
        (symbol is IMethodSymbol method && sdk.TakesContext(method)) || (!symbol.IsStatic && sdk.IsOrchestrator(symbol.ContainingType));

    private static string NameOf(IMethodSymbol method) => $"{method.ContainingType.Name}.{method.Name}";

    private static Location FirstWord(IOperation operation) => operation.Syntax.GetFirstToken().GetLocation();
}
