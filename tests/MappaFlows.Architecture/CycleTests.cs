using ArchUnitNET.Domain;
using ArchUnitNET.Domain.Extensions;
using ArchUnitNET.Loader;
using MappaFlows.Architecture.Cycle.One;
using MappaFlows.Web;

namespace MappaFlows.Architecture;

/// <summary>No two folders of a project import each other, not even by way of a third.</summary>
public sealed class CycleTests
{
    [Theory]
    [InlineData("MappaFlows.Core", 1)]
    [InlineData("MappaFlows.Workflows", 1)]
    [InlineData("MappaFlows.Local", 1)]
    [InlineData("MappaFlows.Web", 9)]
    public void Folders_of_a_project_do_not_import_each_other(string project, int depth) =>
        Assert.Empty(FolderCycles.Find(Projects.Architecture.Types, project, depth));

    [Fact]
    public void No_folder_of_Web_imports_what_composes_it()
    {
        var composing = new[] { typeof(WebFeatures).FullName, typeof(WebStartup).FullName };

        Assert.Empty(
            from type in Projects.Architecture.Types
            where type.Namespace?.FullName.StartsWith("MappaFlows.Web.", StringComparison.Ordinal) == true
            from target in type.GetTypeDependencies()
            where composing.Contains(target.FullName)
            select $"{type.FullName} uses {target.Name}");
    }

    [Fact]
    public void Two_folders_that_import_each_other_are_found()
    {
        IEnumerable<IType> types = new ArchLoader().LoadAssembly(typeof(First).Assembly).Build().Types;

        Assert.Equal(
            ["One imports Two: First uses Second", "Two imports One: Second uses First"],
            FolderCycles.Find(types, "MappaFlows.Architecture.Cycle", depth: 1));
    }
}
