using System.Reflection;
using ArchUnitNET.Loader;
using MappaFlows.Core.Cases;
using MappaFlows.DurableTask.Embedded;
using MappaFlows.Tables;
using MappaFlows.Web.Hosting;
using MappaFlows.Workflows;

namespace MappaFlows.Architecture;

/// <summary>The projects of the product, each an assembly.</summary>
internal static class Projects
{
    public static Assembly Core { get; } = typeof(CaseState).Assembly;

    public static Assembly Tables { get; } = typeof(ITableStore).Assembly;

    public static Assembly Embedded { get; } = typeof(EmbeddedEngine).Assembly;

    public static Assembly Workflows { get; } = typeof(WorkflowServices).Assembly;

    public static Assembly Web { get; } = typeof(PageServices).Assembly;

    public static Assembly Local { get; } = typeof(Program).Assembly;

    public static IReadOnlyList<Assembly> All { get; } = [Core, Tables, Embedded, Workflows, Web, Local];

    public static ArchUnitNET.Domain.Architecture Architecture { get; } = new ArchLoader().LoadAssemblies([.. All]).Build();

    /// <summary>The top of the repository.</summary>
    public static string Top { get; } = FindTop(AppContext.BaseDirectory);

    /// <summary>The files that people write, below a folder of the repository.</summary>
    public static IEnumerable<string> SourceFiles(string pattern, string folder) =>
        from file in Directory.EnumerateFiles(Path.Combine(Top, folder), pattern, SearchOption.AllDirectories)
        where !file.Split(Path.DirectorySeparatorChar).Any(part => part is "obj" or "bin" or "node_modules")
        select file;

    private static string FindTop(string folder) =>
        File.Exists(Path.Combine(folder, "MappaFlows.sln")) ? folder : FindTop(Path.GetDirectoryName(folder)!);
}
