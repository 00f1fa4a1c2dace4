using MappaFlows.Workflows.People;

namespace MappaFlows.Local.Demo;

/// <summary>Gives an empty store its people before anything else starts.</summary>
internal sealed class DemoService(TablePeopleDirectory people) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if ((await people.AllAsync(cancellationToken)).Count == 0)
            await people.SaveAsync(DemoPeople.All, DemoPeople.Mailboxes, cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
