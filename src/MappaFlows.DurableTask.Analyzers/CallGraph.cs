using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace MappaFlows.DurableTask.Analyzers;

/// <summary>Which code orchestrations reach, and how much of it Microsoft's rules reach too.</summary>
internal sealed class CallGraph
{
    private readonly ConcurrentDictionary<ISymbol, bool> _roots = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<ISymbol, bool> _microsoftRoots = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentBag<(ISymbol Caller, ISymbol Called)> _calls = [];
    private readonly ConcurrentBag<(ISymbol Caller, ISymbol Called)> _microsoftCalls = [];

    public void AddRoot(ISymbol root, bool alsoMicrosoft)
    {
        _roots.TryAdd(root, true);
        if (alsoMicrosoft)
            _microsoftRoots.TryAdd(root, true);
    }

    public void AddCall(ISymbol caller, ISymbol called, bool alsoMicrosoft)
    {
        _calls.Add((caller, called.OriginalDefinition));
        if (!alsoMicrosoft)
            return;
        // Microsoft's rules read a method's text, with all functions in it.
        foreach (var around in FunctionsAround(caller))
            _microsoftCalls.Add((around, called.OriginalDefinition));
    }

    public ISet<ISymbol> Reached() => Closure(_roots.Keys, _calls);

    public ISet<ISymbol> ReachedByMicrosoft() => Closure(_microsoftRoots.Keys, _microsoftCalls);

    public static IEnumerable<ISymbol> FunctionsAround(ISymbol symbol)
    {
        for (var at = symbol; at is not null and not INamespaceOrTypeSymbol; at = at.ContainingSymbol)
            yield return at.OriginalDefinition;
    }

    private static HashSet<ISymbol> Closure(IEnumerable<ISymbol> roots, IEnumerable<(ISymbol Caller, ISymbol Called)> calls)
    {
        var calledBy = calls.ToLookup(c => c.Caller, c => c.Called, SymbolEqualityComparer.Default);
        var reached = new HashSet<ISymbol>(roots, SymbolEqualityComparer.Default);
        var next = new Queue<ISymbol>(reached);
        while (next.Count > 0)
        {
            foreach (var called in calledBy[next.Dequeue()])
            {
                if (reached.Add(called))
                    next.Enqueue(called);
            }
        }
        return reached;
    }
}
