using System.Xml.Linq;
using ArchUnitNET.Fluent;
using MappaFlows.Core;
using MappaFlows.Core.Cases;
using MappaFlows.Workflows.Cases;
using MappaFlows.Workflows.Streams;
using Microsoft.DurableTask;
using static ArchUnitNET.Fluent.ArchRuleDefinition;

namespace MappaFlows.Architecture;

/// <summary>Core ← Workflows ← Web ← hosts; Tables ← DurableTask.Embedded ← Local.</summary>
public sealed class ArchitectureTests
{
    public static TheoryData<string, string[]> Arrows => new()
    {
        { "MappaFlows.Core", [] },
        { "MappaFlows.Tables", [] },
        { "MappaFlows.DurableTask.Embedded", ["MappaFlows.Tables"] },
        { "MappaFlows.Workflows", ["MappaFlows.Core", "MappaFlows.Tables"] },
        { "MappaFlows.Web", ["MappaFlows.Core", "MappaFlows.Tables", "MappaFlows.Workflows"] },
        { "MappaFlows.Local", ["MappaFlows.Core", "MappaFlows.DurableTask.Embedded", "MappaFlows.Tables", "MappaFlows.Web", "MappaFlows.Workflows"] },
    };

    [Theory]
    [MemberData(nameof(Arrows))]
    public void Project_references_point_inward(string room, string[] mayKnow)
    {
        var assembly = Projects.All.Single(assembly => assembly.GetName().Name == room);
        var knows = assembly.GetReferencedAssemblies()
            .Select(reference => reference.Name!)
            .Where(name => name.StartsWith("MappaFlows.", StringComparison.Ordinal));
        Assert.Empty(knows.Except(mayKnow));
    }

    [Fact]
    public void Core_depends_on_the_base_library_only()
    {
        var foreign = Projects.Core.GetReferencedAssemblies()
            .Select(reference => reference.Name!)
            .Where(name => !name.StartsWith("System.", StringComparison.Ordinal) && name is not ("netstandard" or "mscorlib"));
        Assert.Empty(foreign);
    }

    [Fact]
    public void Orchestrations_do_not_depend_on_stores_commands_or_web() =>
        Holds(Classes()
            .That().AreAssignableTo(typeof(ITaskOrchestrator))
            .And().ResideInAssembly(Projects.Workflows)
            .Should().NotDependOnAny(Types().That().ResideInAssembly(Projects.Tables))
            .AndShould().NotDependOnAny(typeof(CaseCommands), typeof(CaseQueries), typeof(StreamStore), typeof(CommandHandler<>)));

    [Fact]
    public void Web_uses_CaseCommands_and_CaseQueries_only() =>
        Holds(Types()
            .That().ResideInAssembly(Projects.Web)
            .Should().NotDependOnAny(typeof(CommandHandler<>), typeof(StreamStore), typeof(CaseModel)));

    [Fact]
    public void Every_event_is_registered_under_its_class_name()
    {
        var written = CaseFeatures.Model.Events.All;
        var events = Projects.Core.GetTypes().Where(type => type.IsSubclassOf(typeof(CaseEvent)) && !type.IsAbstract);
        Assert.All(events, type => Assert.Equal(type, written.GetValueOrDefault(type.Name)));
    }

    [Fact]
    public void Only_the_Azure_app_names_Azures_packages() =>
        Assert.Empty(Named(project => !project.StartsWith("MappaFlows.Functions", StringComparison.Ordinal), "Microsoft.Azure.Functions.", "Azure.Communication."));

    [Fact]
    public void The_product_names_the_SDKs_abstractions_and_no_backend() =>
        Assert.Empty(Named(
            project => project is "MappaFlows.Core" or "MappaFlows.Tables" or "MappaFlows.Workflows" or "MappaFlows.Web",
            "Microsoft.DurableTask.Worker", "Microsoft.DurableTask.Client.", "Microsoft.Azure.DurableTask.", "Microsoft.DurableTask.InProcess"));

    private static IEnumerable<string> Named(Func<string, bool> inProject, params string[] packages) =>
        from project in Directory.EnumerateFiles(Projects.Top, "*.csproj", SearchOption.AllDirectories)
        where inProject(Path.GetFileNameWithoutExtension(project))
        from package in XDocument.Load(project).Descendants("PackageReference")
        let name = (string?)package.Attribute("Include") ?? ""
        where packages.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal))
        select $"{Path.GetFileName(project)}: {name}";

    private static void Holds(IArchRule rule) =>
        Assert.True(
            rule.HasNoViolations(Projects.Architecture),
            string.Join('\n', rule.Evaluate(Projects.Architecture).Where(result => !result.Passed).Select(result => result.Description)));
}
