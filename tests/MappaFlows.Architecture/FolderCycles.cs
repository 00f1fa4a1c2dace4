using ArchUnitNET.Domain;
using ArchUnitNET.Domain.Extensions;

namespace MappaFlows.Architecture;

/// <summary>Finds folders that import each other. A folder is a namespace.</summary>
internal static class FolderCycles
{
    /// <summary>Every import that lies on a cycle, with the types at its ends.</summary>
    /// <param name="root">The project's own namespace. It is left out: composition may name everything.</param>
    /// <param name="depth">How many names below the root make a folder; deeper ones belong to it.</param>
    public static IReadOnlyList<string> Find(IEnumerable<IType> types, string root, int depth)
    {
        var imports = (
            from type in types
            where FolderOf(type, root, depth) is not null
            from target in type.GetTypeDependencies()
            let edge = (From: FolderOf(type, root, depth)!, To: FolderOf(target, root, depth))
            where edge.To is not null && edge.From != edge.To
            group $"{type.Name} uses {target.Name}" by (edge.From, To: edge.To!)).ToList();
        var next = imports.ToLookup(import => import.Key.From, import => import.Key.To);
        return [.. imports.Where(import => Reaches(next, import.Key.To, import.Key.From)).Select(import => $"{import.Key.From} imports {import.Key.To}: {import.First()}").Order()];
    }

    private static string? FolderOf(IType type, string root, int depth)
    {
        var name = type.Namespace?.FullName ?? "";
        return name.StartsWith(root + '.', StringComparison.Ordinal)
            ? string.Join('.', name[(root.Length + 1)..].Split('.').Take(depth))
            : null;
    }

    private static bool Reaches(ILookup<string, string> next, string from, string to)
    {
        var seen = new HashSet<string>();
        var waiting = new Stack<string>([from]);
        while (waiting.TryPop(out var folder))
        {
            if (folder == to) return true;
            if (!seen.Add(folder)) continue;
            foreach (var further in next[folder]) waiting.Push(further);
        }

        return false;
    }
}
