namespace MappaFlows.Local.Demo;

/// <summary>
/// Gives an empty store its people and, if asked, its demo cases. They are made before the host starts, and their orchestrations start with
/// it.
/// </summary>
internal sealed class DemoService(
    TablePeopleDirectory people,
    DemoSeeder seeder,
    LocalOptions options) : IHostedLifecycleService, IDemoNotice
{
    public bool IsDemo { get; private set; }

    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        if ((await people.AllAsync(cancellationToken)).Count == 0)
            await people.SaveAsync(DemoPeople.All, DemoPeople.Mailboxes, cancellationToken);
        if (options.Demo == DemoSize.Small) await seeder.SeedAsync(cancellationToken);
        IsDemo = await seeder.IsDemoAsync(cancellationToken);
    }

    public Task StartAsync(CancellationToken cancellationToken) => seeder.HandOverAsync(cancellationToken);

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
