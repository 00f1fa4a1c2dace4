using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace MappaFlows.Durable.Analyzers;

/// <summary>
/// Fails the build where an orchestration does what cannot be replayed: in a class that derives from <c>TaskOrchestrator</c>, in
/// any code that is given an <c>IOrchestrationContext</c>, and in every method of the same assembly that these call.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class OrchestrationAnalyzer : DiagnosticAnalyzer
{
    private const string ContextType = "MappaFlows.Durable.IOrchestrationContext";
    private const string OrchestratorType = "MappaFlows.Durable.ITaskOrchestrator";
    private const string TaskType = "System.Threading.Tasks.Task";

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => Rules.All;

    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(start =>
        {
            if (start.Compilation.GetTypeByMetadataName(ContextType) is not { } contextType
                || start.Compilation.GetTypeByMetadataName(OrchestratorType) is not { } orchestratorType)
                return;
            var analysis = new Analysis(contextType, orchestratorType);
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

    /// <summary>What was seen in one compilation. Violations count only where an orchestration reaches them, which is known at the end.</summary>
    private sealed class Analysis(INamedTypeSymbol contextType, INamedTypeSymbol orchestratorType)
    {
        private readonly ConcurrentBag<(ISymbol Method, Diagnostic Diagnostic)> _violations = [];
        private readonly ConcurrentBag<(ISymbol Caller, ISymbol Called)> _calls = [];
        private readonly ConcurrentDictionary<ISymbol, bool> _roots = new(SymbolEqualityComparer.Default);

        public void Look(IOperation operation, ISymbol containing)
        {
            // A lambda or local function that is given a context is an orchestration of its own, wherever it stands.
            var owner = OwnerOf(operation, containing);
            if (IsOrchestration(owner))
                _roots.TryAdd(owner, true);

            switch (operation)
            {
                case IInvocationOperation call:
                    LookAtMember(owner, call, call.TargetMethod);
                    LookAtLogger(owner, call);
                    LookAtTask(owner, call);
                    break;
                case IPropertyReferenceOperation property:
                    LookAtMember(owner, property, property.Property);
                    LookAtResult(owner, property);
                    break;
                case IFieldReferenceOperation { Field: { IsStatic: true, IsReadOnly: false, IsConst: false } field }:
                    Add(owner, Rules.State, operation, field.ToDisplayString(SymbolDisplayFormat.CSharpShortErrorMessageFormat));
                    break;
                case IFieldReferenceOperation { Field: { IsStatic: false, IsReadOnly: false } field } when Implements(field.ContainingType):
                    Add(owner, Rules.State, operation, field.Name);
                    break;
                case IObjectCreationOperation { Constructor: { } constructor }:
                    LookAtMember(owner, operation, constructor);
                    LookAtInitialisers(owner, constructor.ContainingType);
                    break;
                case IMethodReferenceOperation reference:
                    LookAtMember(owner, reference, reference.Method);
                    break;
                case IAwaitOperation await:
                    LookAtAwait(owner, await);
                    break;
                case IForEachLoopOperation { IsAsynchronous: true }:
                    Add(owner, Rules.ForeignAwait, operation.Syntax.GetFirstToken().GetLocation(), "await foreach");
                    break;
                case IUsingOperation { IsAsynchronous: true } or IUsingDeclarationOperation { IsAsynchronous: true }:
                    Add(owner, Rules.ForeignAwait, operation.Syntax.GetFirstToken().GetLocation(), "await using");
                    break;
                case IWhileLoopOperation or IForLoopOperation:
                    LookAtLoop(owner, (ILoopOperation)operation);
                    break;
                case ILockOperation:
                    Add(owner, Rules.Threads, operation.Syntax.GetFirstToken().GetLocation(), "lock");
                    break;
            }
        }

        public void LookAtType(INamedTypeSymbol type)
        {
            if (!Implements(type) || type.IsAbstract)
                return;
            LookAtInput(type);
            foreach (var parameter in type.InstanceConstructors.Where(c => !c.IsImplicitlyDeclared).SelectMany(c => c.Parameters))
            {
                if (parameter.Locations.FirstOrDefault() is { IsInSource: true } location && !IsDelegateHolder(type))
                {
                    _roots.TryAdd(type, true);
                    _violations.Add((type, Diagnostic.Create(Rules.State, location, parameter.Name)));
                }
            }
        }

        /// <summary>A token cannot be recorded: in a replay it would be another, or cancelled at another moment.</summary>
        private void LookAtInput(INamedTypeSymbol type)
        {
            for (var at = type.BaseType; at is not null; at = at.BaseType)
            {
                if (at.TypeArguments.Any(IsToken) && type.Locations.FirstOrDefault() is { IsInSource: true } location)
                {
                    _roots.TryAdd(type, true);
                    _violations.Add((type, Diagnostic.Create(Rules.State, location, "CancellationToken")));
                }
            }
        }

        public void Report(CompilationAnalysisContext context)
        {
            var calls = _calls.ToLookup(c => c.Caller, c => (ISymbol)c.Called, SymbolEqualityComparer.Default);
            var reached = new HashSet<ISymbol>(_roots.Keys, SymbolEqualityComparer.Default);
            var next = new Queue<ISymbol>(reached);
            while (next.Count > 0)
            {
                foreach (var called in calls[next.Dequeue()])
                {
                    if (reached.Add(called))
                        next.Enqueue(called);
                }
            }
            foreach (var (method, diagnostic) in _violations)
            {
                if (reached.Contains(method))
                    context.ReportDiagnostic(diagnostic);
            }
        }

        private void LookAtMember(ISymbol owner, IOperation operation, ISymbol member)
        {
            if (member is IPropertySymbol { DeclaringSyntaxReferences.IsEmpty: false } property)
            {
                Follow(owner, property.GetMethod);
                Follow(owner, property.SetMethod);
                return;
            }
            if (member is IMethodSymbol { DeclaringSyntaxReferences.IsEmpty: false } method)
            {
                Follow(owner, method.ReducedFrom ?? method);
                return;
            }
            if (ForbiddenMembers.RuleFor(member) is { } rule)
                Add(owner, rule, operation, member.ToDisplayString(SymbolDisplayFormat.CSharpShortErrorMessageFormat));
        }

        /// <summary>What stands beside a type's fields and properties runs with each constructor, written or not.</summary>
        private void LookAtInitialisers(ISymbol owner, INamedTypeSymbol type)
        {
            if (type.DeclaringSyntaxReferences.IsEmpty)
                return;
            foreach (var member in type.GetMembers())
            {
                if (member is IFieldSymbol { IsStatic: false, IsImplicitlyDeclared: false } or IPropertySymbol { IsStatic: false })
                    Follow(owner, member);
            }
        }

        private void Follow(ISymbol owner, ISymbol? called)
        {
            if (called is not null)
                _calls.Add((owner, called.OriginalDefinition));
        }

        /// <summary>A logger that is held rather than made by the context is not replay-safe.</summary>
        private void LookAtLogger(ISymbol owner, IInvocationOperation call)
        {
            var receiver = call.Instance ?? call.Arguments.FirstOrDefault()?.Value;
            while (receiver is IConversionOperation conversion)
                receiver = conversion.Operand;
            if (receiver?.Type is { } type
                && (type.Name is "ILogger" || type.AllInterfaces.Any(i => i.Name == "ILogger"))
                && receiver is IFieldReferenceOperation or IPropertyReferenceOperation
                && call.TargetMethod.Name.StartsWith("Log", System.StringComparison.Ordinal))
                Add(owner, Rules.Logger, call, call.TargetMethod.Name);
        }

        /// <summary>Reading a result is blocking, unless it is known to be there: after Task.WhenAll and the like one awaits.</summary>
        private void LookAtResult(ISymbol owner, IPropertyReferenceOperation property)
        {
            if (property.Property.Name == "Result" && IsTask(property.Property.ContainingType))
                Add(owner, Rules.Threads, property, "Task.Result");
        }

        /// <summary>A task that the context did not hand out is foreign wherever it is awaited: so it is found where it is made.</summary>
        private void LookAtTask(ISymbol owner, IInvocationOperation call)
        {
            if (IsAwaitable(call.TargetMethod.OriginalDefinition.ReturnType) && !IsFine(call.TargetMethod))
                Add(owner, Rules.ForeignAwait, call, NameOf(call.TargetMethod));
        }

        /// <summary>What is awaited and is no task, such as Task.Yield's answer.</summary>
        private void LookAtAwait(ISymbol owner, IAwaitOperation await)
        {
            var awaited = await.Operation;
            while (awaited is IConversionOperation conversion)
                awaited = conversion.Operand;
            if (awaited is IInvocationOperation { TargetMethod: var method } call && !IsAwaitable(method.OriginalDefinition.ReturnType) && !IsFine(method))
                Add(owner, Rules.ForeignAwait, call, NameOf(method));
        }

        private bool IsFine(IMethodSymbol method) =>
            !method.DeclaringSyntaxReferences.IsEmpty
            || SymbolEqualityComparer.Default.Equals(method.ContainingType, contextType)
            || method.ContainingType.AllInterfaces.Contains(contextType, SymbolEqualityComparer.Default)
            || (IsTask(method.ContainingType) && method.Name is "WhenAll" or "WhenAny" or "FromResult" or "FromException" or "FromCanceled")
            || method.OriginalDefinition.ReturnType is ITypeParameterSymbol
            || method.MethodKind is MethodKind.DelegateInvoke
            || ForbiddenMembers.RuleFor(method) is not null;

        private static string NameOf(IMethodSymbol method) => $"{method.ContainingType.Name}.{method.Name}";

        private void LookAtLoop(ISymbol owner, ILoopOperation loop)
        {
            var condition = loop switch
            {
                IWhileLoopOperation w => w.Condition,
                IForLoopOperation f => f.Condition,
                _ => null,
            };
            var endless = condition is null || condition.ConstantValue is { HasValue: true, Value: true };
            if (endless && !loop.Body.DescendantsAndSelf().Any(LeavesTheLoop))
                Add(owner, Rules.EndlessLoop, loop.Syntax.GetFirstToken().GetLocation(), "call ContinueAsNew and return");
        }

        private static bool LeavesTheLoop(IOperation operation) =>
            operation is IReturnOperation or IThrowOperation or IBranchOperation { BranchKind: BranchKind.Break or BranchKind.GoTo };

        private void Add(ISymbol owner, DiagnosticDescriptor rule, IOperation operation, string what) =>
            Add(owner, rule, operation.Syntax.GetLocation(), what);

        private void Add(ISymbol owner, DiagnosticDescriptor rule, Location location, string what) =>
            _violations.Add((owner, Diagnostic.Create(rule, location, what)));

        private static ISymbol OwnerOf(IOperation operation, ISymbol containing) =>
            operation.SemanticModel?.GetEnclosingSymbol(operation.Syntax.SpanStart) switch
            {
                IMethodSymbol { MethodKind: MethodKind.LambdaMethod or MethodKind.LocalFunction } inner => Outermost(inner),
                _ => (containing as IMethodSymbol)?.OriginalDefinition ?? containing,
            };

        /// <summary>A nested function belongs to the function around it, out to the first one that is given a context.</summary>
        private static ISymbol Outermost(IMethodSymbol inner)
        {
            ISymbol owner = inner;
            while (owner is IMethodSymbol { MethodKind: MethodKind.LambdaMethod or MethodKind.LocalFunction } function
                && !TakesContext(function)
                && function.ContainingSymbol is IMethodSymbol outer)
                owner = outer;
            return owner.OriginalDefinition;
        }

        private bool IsOrchestration(ISymbol symbol) =>
            (symbol is IMethodSymbol method && TakesContext(method)) || (symbol.ContainingType is { } type && Implements(type) && !symbol.IsStatic && !IsDelegateHolder(type));

        private static bool TakesContext(IMethodSymbol method) => method.Parameters.Any(p => p.Type.ToDisplayString() == ContextType);

        private bool Implements(INamedTypeSymbol? type) =>
            type is { TypeKind: TypeKind.Class } && type.AllInterfaces.Contains(orchestratorType, SymbolEqualityComparer.Default);

        // The port's own adapter of a delegate to an orchestrator: what it holds is the code itself.
        private static bool IsDelegateHolder(INamedTypeSymbol type) =>
            type.InstanceConstructors.SelectMany(c => c.Parameters).All(p => p.Type.TypeKind == TypeKind.Delegate)
            && type.InstanceConstructors.Any(c => c.Parameters.Length > 0);

        private static bool IsTask(INamedTypeSymbol type) =>
            type.OriginalDefinition.ToDisplayString() is TaskType or TaskType + "<TResult>";

        private static bool IsAwaitable(ITypeSymbol type) =>
            type is INamedTypeSymbol { Name: "Task" or "ValueTask", ContainingNamespace: { } space } && space.ToDisplayString() == "System.Threading.Tasks";

        private static bool IsToken(ITypeSymbol type) => type.ToDisplayString() == "System.Threading.CancellationToken";
    }
}
