using System.Globalization;
using MappaFlows.Core.Cases;
using MappaFlows.Core.People;
using MappaFlows.DurableTask.Embedded;
using MappaFlows.Tables;
using MappaFlows.Workflows.Auditing;
using MappaFlows.Workflows.Cases;
using MappaFlows.Workflows.Notifications;
using MappaFlows.Workflows.People;
using MappaFlows.Workflows.Tests.Auditing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace MappaFlows.Workflows.Tests.Notifications;

/// <summary>The post of one case, whose Chair is asked for a decision: a store in memory, an email service, a clock that the test moves.</summary>
internal sealed class Mailroom : IAsyncDisposable
{
    private readonly ITableStore _postStore;
    private readonly List<ServiceProvider> _instances = [];

    private Mailroom(MailLimits limits, Func<ITableStore, ITableStore>? over)
    {
        Service = new(limits, Time);
        _postStore = over?.Invoke(Store) ?? Store;
    }

    /// <summary>What Azure allows a new domain.</summary>
    public static MailLimits Usual { get; } = new(30, 100);

    public FakeTimeProvider Time { get; } = new(Product.Start);

    public MemoryStore Store { get; } = new();

    public MailService Service { get; }

    public CaseReference Reference { get; } = CaseReference.For(Team.Referrer.Id, "post");

    /// <summary>The post office of the instance that started last.</summary>
    public PostOffice Office => Get<PostOffice>();

    public MailPace Pace => Get<MailPace>();

    public T Get<T>() where T : notnull => _instances[^1].GetRequiredService<T>();

    /// <param name="over">A store to put over that in memory for everything but the making of the case.</param>
    public static async Task<Mailroom> OpenAsync(MailLimits? limits = null, Func<ITableStore, ITableStore>? over = null)
    {
        var mailroom = new Mailroom(limits ?? MailLimits.None, over);
        var first = mailroom.Provide(mailroom.Store);
        await first.GetRequiredService<TablePeopleDirectory>().SaveAsync(Team.Everybody, Team.Mailboxes);
        await mailroom.DoAsync(Team.Referrer, new SubmitReferral(mailroom.Reference, Referrals.Category2()));
        await mailroom.DoAsync(Team.Coordinator, new Screen { Outcome = ScreeningOutcome.Accept, Level = ManagementLevel.Level2, Reasons = "It meets the test." });
        await mailroom.DoAsync(Team.Coordinator, new ProposeDisclosure { Content = Referrals.Content() });
        mailroom.Restart();
        return mailroom;
    }

    /// <summary>Another instance of the product on the same store: as after a crash, or beside the one before.</summary>
    public PostOffice Restart() => Provide(_postStore).GetRequiredService<PostOffice>();

    /// <summary>An email to the coordinator.</summary>
    public Notification Ordinary(int number) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{Reference}.{number:D5}.ordinary"), NotificationKind.ReferralReceived, Reference, new(Team.Coordinator.Id));

    /// <summary>An email that asks the Chair for a decision.</summary>
    public Notification Urgent(int number) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{Reference}.{number:D5}.urgent"), NotificationKind.ApprovalAsked, Reference, new(Team.Chair.Id), 1, 1);

    /// <returns>False when it has to be handed in again.</returns>
    public async Task<bool> HandInAsync(Notification notification) =>
        await Office.HandInAsync(notification, CancellationToken.None) != HandIn.Again;

    /// <summary>Hands in ordinary emails of these numbers.</summary>
    public async Task HandInAsync(int from, int count)
    {
        for (var number = from; number < from + count; number++) Assert.True(await HandInAsync(Ordinary(number)));
    }

    /// <summary>Moves the clock and sends what may go then.</summary>
    public async Task<int> SendAfterAsync(TimeSpan wait)
    {
        Time.Advance(wait);
        var (left, failed) = await Office.SendWaitingAsync(500);
        Assert.Equal(0, failed);
        return left;
    }

    public Task<IReadOnlyList<WaitingLetter>> WaitingAsync() => Office.WaitingAsync(1000);

    public Task<IReadOnlyList<DeadLetter>> DeadLettersAsync() => Office.DeadLettersAsync(1000);

    public Task ReportAsync(Guid operation, string status, DateTimeOffset at) => Office.RecordAsync(new(operation, status, at));

    public async ValueTask DisposeAsync()
    {
        foreach (var instance in _instances) await instance.DisposeAsync();
    }

    private async Task DoAsync(Person actor, CaseCommand command) =>
        Assert.IsType<CommandResult.Done>(await Get<CaseLedger>().ExecuteAsync(actor, Reference, command, Guid.NewGuid().ToString("N")));

    private ServiceProvider Provide(ITableStore store)
    {
        var provider = new ServiceCollection()
            .AddLogging()
            .AddSingleton<TimeProvider>(Time)
            .AddSingleton(store)
            .AddSingleton<IAuditVault, MemoryVault>()
            .AddSingleton<IMailCarrier>(Service)
            .AddWorkflows()
            .AddEmbeddedDurableTask(provider => provider.GetRequiredService<ITableStore>(), WorkflowServices.AddWorkflowTasks)
            .BuildServiceProvider();
        _instances.Add(provider);
        return provider;
    }
}
