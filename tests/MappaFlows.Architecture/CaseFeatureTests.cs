using System.Reflection;
using MappaFlows.Core.Cases;
using MappaFlows.Web;
using MappaFlows.Web.Api;
using MappaFlows.Web.Pages.Cases;
using MappaFlows.Workflows;
using MappaFlows.Workflows.Reactions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace MappaFlows.Architecture;

/// <summary>What the rules know of a case is on its pages and in the API too: no feature is registered by half.</summary>
public sealed class CaseFeatureTests
{
    /// <summary>Commands that the product gives by itself.</summary>
    private static readonly string[] OwnCommands = ["DoWhatIsDue", "IssueApprovalLink"];

    private readonly CaseWeb _web = WebFeatures.Create();

    [Fact]
    public void Every_event_has_a_timeline_entry() => Assert.Equal(KindsOf<CaseEvent>(), _web.Events.Select(type => type.Name).Order());

    [Fact]
    public async Task Every_command_but_the_clocks_has_an_endpoint()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Services.AddWorkflows();
        builder.Services.AddMappaFlowsWeb();
        await using var app = builder.Build();
        IEndpointRouteBuilder routes = app;
        _web.MapEndpoints(new(routes.MapGroup(Routes.ApiV1)));

        var given = routes.DataSources
            .SelectMany(source => source.Endpoints)
            .Select(endpoint => endpoint.Metadata.GetRequiredMetadata<CommandMetadata>().Command.Name);
        Assert.Equal(KindsOf<CaseCommand>().Except(OwnCommands), given.Order());
    }

    [Fact]
    public void Every_kind_of_obligation_has_words_and_a_page()
    {
        var kinds = Projects.Core.GetTypes().SelectMany(KindsIn).Distinct().ToList();
        Assert.NotEmpty(kinds);
        Assert.Equal(kinds.Select(kind => kind.ToString()).Order(), _web.Obligations.Select(kind => kind.ToString()).Order());

        var reference = CaseReference.For("riley-referrer", "obligations");
        Assert.All(kinds, kind =>
        {
            Assert.NotEmpty(_web.Title(kind, 1));
            Assert.NotEmpty(_web.Action(kind, 1));
            Assert.StartsWith(Routes.Case(reference), _web.Route(kind, 1, reference), StringComparison.Ordinal);
        });
    }

    [Fact]
    public void Every_page_that_an_email_leads_to_has_an_address() => Assert.Equal(
        CaseReactions.Table.EmailTemplates.Select(template => template.LeadsTo?.Name).OfType<string>().Distinct().Order(),
        _web.EmailPages.Select(page => page.Name).Order());

    /// <summary>Kinds are declared by name, each where its feature is.</summary>
    private static IEnumerable<ObligationKind> KindsIn(Type type)
    {
        const BindingFlags Statics = BindingFlags.Static | BindingFlags.Public | BindingFlags.DeclaredOnly;
        var fields = type.GetFields(Statics)
            .Where(field => field.FieldType == typeof(ObligationKind))
            .Select(field => field.GetValue(null));
        var properties = type.GetProperties(Statics)
            .Where(property => property.PropertyType == typeof(ObligationKind))
            .Select(property => property.GetValue(null));
        return fields.Concat(properties).Cast<ObligationKind>();
    }

    private static IEnumerable<string> KindsOf<T>() =>
        Projects.Core.GetTypes().Where(type => type.IsSubclassOf(typeof(T)) && !type.IsAbstract).Select(type => type.Name).Order();
}
