using MappaFlows.Local.Options;
using MappaFlows.Web.Shell;
using MappaFlows.Workflows.People;

namespace MappaFlows.Local.Demo;

/// <summary>Gives an empty store its people, and its demo cases where they are wanted, before anything else starts.</summary>
internal sealed class DemoService(TablePeopleDirectory people, DemoSeeder seeder, LocalOptions options) : IHostedService, IDemoNotice
{
    public bool IsDemo { get; private set; }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if ((await people.AllAsync(cancellationToken)).Count == 0)
            await people.SaveAsync(DemoPeople.All, DemoPeople.Mailboxes, cancellationToken);
        if (options.Demo == DemoSize.Small) await seeder.SeedAsync(cancellationToken);
        IsDemo = await seeder.IsDemoAsync(cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
