using MappaFlows.Core.Access;
using MappaFlows.Core.Areas;
using MappaFlows.DurableTask.Embedded;
using MappaFlows.Tables;
using MappaFlows.Testing.Samples;
using MappaFlows.Testing.Tables;
using MappaFlows.Workflows;
using MappaFlows.Workflows.Audit;
using MappaFlows.Workflows.Email;
using MappaFlows.Workflows.People;
using Microsoft.DurableTask;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace MappaFlows.Testing.Product;

/// <summary>
/// The product without its pages, with a clock that the test moves. Another store, email transport or task is set with <c>with</c>.
/// </summary>
/// <example><code>
/// await using var services = new ProductBuilder { Emails = transport }.Build();
/// await using var product = await RunningProduct.StartAsync(new ProductBuilder { Tasks = changed });
/// </code></example>
public sealed record ProductBuilder
{
    /// <summary>Monday, a working day with no bank holiday near.</summary>
    public static DateTimeOffset Start { get; } = new(2026, 6, 1, 9, 0, 0, TimeSpan.Zero);

    public FakeTimeProvider Time { get; init; } = new(Start);

    public ITableStore Store { get; init; } = new MemoryStore();

    public ICheckpointStore Checkpoints { get; init; } = new MemoryCheckpointStore();

    public IEmailTransport Emails { get; init; } = new SentEmails();

    /// <summary>The orchestrations and activities, where a test has its own or changed ones.</summary>
    public Action<DurableTaskRegistry> Tasks { get; init; } = WorkflowServices.AddWorkflowTasks;

    /// <summary>Begins the names of the engine's tables.</summary>
    public string EngineTables { get; init; } = "Durable";

    public IReadOnlyList<Person> People { get; init; } = SamplePeople.InArea;

    public ILoggerProvider? Log { get; init; }

    /// <summary>Every service of the product. The engine has not started.</summary>
    public ServiceProvider Build() => new ServiceCollection()
        .AddLogging(logging =>
        {
            if (Log is not null) logging.SetMinimumLevel(LogLevel.Trace).AddProvider(Log);
        })
        .AddSingleton<TimeProvider>(Time)
        .AddSingleton(Store)
        .AddSingleton(Checkpoints)
        .AddSingleton(Emails)
        .AddSingleton<IEmailRoutes, PlainEmailRoutes>()
        .AddWorkflows()
        .AddEmbeddedDurableTask(
            provider => provider.GetRequiredService<ITableStore>(),
            Tasks,
            options => options.TableNamePrefix = EngineTables)
        .BuildServiceProvider();

    /// <summary>Puts the people and the mailboxes of their agencies into the directory of the store.</summary>
    public Task SavePeopleAsync(IServiceProvider services) => services.GetRequiredService<TablePeopleDirectory>().SaveAsync(
        People,
        [.. Agencies.All.Select(agency => new AgencyMailbox(SamplePeople.Area, agency.Id, SamplePeople.Mailbox(agency.Id)))]);
}
