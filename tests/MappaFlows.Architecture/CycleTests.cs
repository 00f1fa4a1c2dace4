using ArchUnitNET.Domain;
using ArchUnitNET.Loader;
using MappaFlows.Architecture.Cycle.One;

namespace MappaFlows.Architecture;

/// <summary>No two folders of a project import each other, not even by way of a third.</summary>
public sealed class CycleTests
{
    [Theory]
    [InlineData("MappaFlows.Web", 9)]
    public void Folders_of_a_project_do_not_import_each_other(string project, int depth) =>
        Assert.Empty(FolderCycles.Find(Projects.Architecture.Types, project, depth));

    [Fact]
    public void Two_folders_that_import_each_other_are_found()
    {
        IEnumerable<IType> types = new ArchLoader().LoadAssembly(typeof(First).Assembly).Build().Types;

        Assert.Equal(
            ["One imports Two: First uses Second", "Two imports One: Second uses First"],
            FolderCycles.Find(types, "MappaFlows.Architecture.Cycle", depth: 1));
    }
}
