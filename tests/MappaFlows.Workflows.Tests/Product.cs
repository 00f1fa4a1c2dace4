using System.Collections.Concurrent;
using MappaFlows.DurableTask.Embedded;
using MappaFlows.Tables;
using Microsoft.DurableTask;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace MappaFlows.Workflows.Tests;

/// <summary>The product without its pages: a real SQLite file, the embedded engine, a clock that the test moves, and a carrier that keeps every email.</summary>
public sealed class Product : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("mappaflows-").FullName;
    private ServiceProvider _services = null!;
    private EmbeddedEngine _engine = null!;
    private string _engineTables = "Durable";
    private Action<DurableTaskRegistry> _tasks = WorkflowServices.AddWorkflowTasks;

    private Product()
    {
    }

    /// <summary>Monday, a working day with no bank holiday near.</summary>
    public static DateTimeOffset Start { get; } = new(2026, 6, 1, 9, 0, 0, TimeSpan.Zero);

    public FakeTimeProvider Time { get; } = new(Start);

    public SentEmails Emails { get; } = new();

    public RecordedLog Log { get; } = new();

    public ITableStore Store => Get<ITableStore>();

    public CaseCommands Commands => Get<CaseCommands>();

    public DurableTaskClient Orchestrations => Get<DurableTaskClient>();

    public T Get<T>() where T : notnull => _services.GetRequiredService<T>();

    public static async Task<Product> StartAsync()
    {
        var product = new Product();
        await product.OpenAsync();
        await product.Get<TablePeopleDirectory>().SaveAsync(SamplePeople.Everybody, SamplePeople.Mailboxes);
        return product;
    }

    /// <summary>Stops as a killed process would, and starts again on the same file.</summary>
    /// <param name="downFor">How long no process runs.</param>
    /// <param name="tasks">The orchestrations and activities from now on, where their code has changed.</param>
    public Task CrashAndRestartAsync(TimeSpan downFor = default, Action<DurableTaskRegistry>? tasks = null)
    {
        _tasks = tasks ?? _tasks;
        return RestartAsync(_engineTables, downFor);
    }

    /// <summary>Starts again with the same cases and an engine that knows nothing of them: its own store was lost, or is another's.</summary>
    public Task LoseEngineAndRestartAsync() => RestartAsync(_engineTables + "Anew");

    /// <summary>Moves the clock on, from one due time to the next, until everything that came due has run.</summary>
    public Task AdvanceAsync(TimeSpan by) => AdvanceToAsync(Time.GetUtcNow() + by);

    /// <inheritdoc cref="AdvanceAsync"/>
    public async Task AdvanceToAsync(DateTimeOffset to)
    {
        await _engine.WhenIdleAsync();
        while (_engine.NextTimerAt is { } next && next <= to)
        {
            if (next > Time.GetUtcNow()) Time.SetUtcNow(next);
            _engine.ClockMoved();
            await _engine.WhenIdleAsync();
        }

        if (to > Time.GetUtcNow()) Time.SetUtcNow(to);
        _engine.ClockMoved();
        await _engine.WhenIdleAsync();
    }

    /// <summary>Gives a command that has to succeed.</summary>
    public async Task<CaseState> DoAsync(Person actor, CaseReference reference, CaseCommand command)
    {
        var result = await Commands.ExecuteAsync(actor, reference, command, Guid.NewGuid().ToString("N"));
        await _engine.WhenIdleAsync();
        return result is CommandResult.Done
            ? await CaseAsync(reference)
            : throw new InvalidOperationException(string.Join("; ", ((CommandResult.Refused)result).Problems));
    }

    public async Task<CaseReference> ReferAsync(Referral? referral = null)
    {
        var key = Guid.NewGuid().ToString("N");
        var reference = CaseReference.For(SamplePeople.Referrer.Id, key);
        await DoAsync(SamplePeople.Referrer, reference, new SubmitReferral(reference, referral ?? Referrals.Category2()));
        return reference;
    }

    public async Task<CaseReference> AcceptAsync(ManagementLevel level, Referral? referral = null)
    {
        var reference = await ReferAsync(referral);
        await DoAsync(SamplePeople.Coordinator, reference, new DecideScreening { Outcome = ScreeningOutcome.Accept, Level = level, Reasons = "It meets the test." });
        return reference;
    }

    public async Task<CaseState> CaseAsync(CaseReference reference) => (await TimetableAsync(reference)).Case;

    /// <summary>The whole case and everything it waits for.</summary>
    public async Task<Timetable> TimetableAsync(CaseReference reference) => (await Get<CaseQueries>().TimetableAsync(reference))!;

    public async Task<IReadOnlyList<RecordedEvent>> EventsAsync(CaseReference reference) => await Get<StreamStore>().EventsAsync(CaseFeatures.Model.Events, CaseStreams.Of(reference));

    /// <summary>The activities that an instance has asked for in its present history, in order.</summary>
    public async Task<IReadOnlyList<string>> StepsOfAsync(string instanceId) =>
    [
        .. (await Orchestrations.GetOrchestrationHistoryAsync(instanceId))
            .OfType<global::DurableTask.Core.History.TaskScheduledEvent>().Select(asked => asked.Name!),
    ];

    /// <summary>How often an event of this type stands in the case.</summary>
    public async Task<int> CountAsync<TEvent>(CaseReference reference) where TEvent : CaseEvent =>
        (await EventsAsync(reference)).Count(recorded => recorded.Event is TEvent);

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task RestartAsync(string engineTables, TimeSpan downFor = default)
    {
        await _engine.CrashAsync();
        await _services.DisposeAsync();
        Time.Advance(downFor);
        _engineTables = engineTables;
        await OpenAsync();
    }

    private async Task OpenAsync()
    {
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(Log));
        services.AddSingleton<TimeProvider>(Time);
        services.AddSingleton<ITableStore>(new SqliteTableStore(Path.Combine(_folder, "store.db")));
        services.AddSingleton<ICheckpointStore>(new FolderCheckpointStore(Path.Combine(_folder, "audit")));
        services.AddSingleton<IEmailTransport>(Emails);
        services.AddWorkflows();
        services.AddEmbeddedDurableTask(provider => provider.GetRequiredService<ITableStore>(), _tasks, options => options.TableNamePrefix = _engineTables);
        _services = services.BuildServiceProvider();
        _engine = _services.GetRequiredService<EmbeddedEngine>();
        await _services.StartEngineAsync();
    }
}

/// <summary>Keeps every email instead of sending it.</summary>
public sealed class SentEmails : IEmailTransport
{
    private readonly ConcurrentQueue<OutgoingEmail> _sent = new();
    private readonly ConcurrentDictionary<Guid, bool> _operations = new();

    /// <summary>What the carrier answers; accepts unless told otherwise.</summary>
    public Func<OutgoingEmail, SendOutcome> Answer { get; set; } = _ => new SendOutcome.Accepted();

    /// <inheritdoc/>
    public EmailRateLimits Limits { get; set; } = EmailRateLimits.None;

    public IReadOnlyList<OutgoingEmail> Sent => [.. _sent];

    public IEnumerable<OutgoingEmail> To(Person person) => Sent.Where(email => email.To == person.Email);

    public int Count(Person person, string subjectStart) =>
        To(person).Count(email => email.Subject.StartsWith(subjectStart, StringComparison.Ordinal));

    public Task<SendOutcome> SendAsync(OutgoingEmail email, Guid operationId, CancellationToken cancellationToken)
    {
        var outcome = Answer(email);
        if (outcome is SendOutcome.Accepted && _operations.TryAdd(operationId, true)) _sent.Enqueue(email);
        return Task.FromResult(outcome);
    }
}

/// <summary>Keeps every line that was logged, at every level.</summary>
public sealed class RecordedLog : ILoggerProvider, ILogger
{
    private readonly ConcurrentQueue<string> _lines = new();

    public IReadOnlyList<string> Lines => [.. _lines];

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _lines.Enqueue($"{formatter(state, exception)} {exception}");

    public void Dispose()
    {
    }
}
