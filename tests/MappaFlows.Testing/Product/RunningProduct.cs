using MappaFlows.Core;
using MappaFlows.Core.Access;
using MappaFlows.Core.Cases;
using MappaFlows.Core.Referrals;
using MappaFlows.Core.Screening;
using MappaFlows.Core.Streams;
using MappaFlows.DurableTask.Embedded;
using MappaFlows.Tables;
using MappaFlows.Testing.Samples;
using MappaFlows.Workflows.Audit;
using MappaFlows.Workflows.Cases;
using MappaFlows.Workflows.Streams;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace MappaFlows.Testing.Product;

/// <summary>
/// The product without its pages: a real SQLite file, the embedded engine, a clock that the test moves, and an email transport that keeps
/// every email.
/// </summary>
public sealed class RunningProduct : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("mappaflows-").FullName;
    private ServiceProvider _services = null!;
    private EmbeddedEngine _engine = null!;
    private ProductBuilder _builder;

    private readonly Func<ITableStore, ITableStore> _over;

    private RunningProduct(ProductBuilder builder, Func<ITableStore, ITableStore>? over)
    {
        _builder = builder with { Emails = Emails, Log = Log };
        _over = over ?? (store => store);
    }

    public static DateTimeOffset Start => ProductBuilder.Start;

    public FakeTimeProvider Time => _builder.Time;

    public SentEmails Emails { get; } = new();

    public RecordedLog Log { get; } = new();

    public ITableStore Store => Get<ITableStore>();

    public CaseCommands Commands => Get<CaseCommands>();

    public DurableTaskClient Orchestrations => Get<DurableTaskClient>();

    public T Get<T>() where T : notnull => _services.GetRequiredService<T>();

    /// <summary>Where its checkpoints are.</summary>
    public string AuditFolder => Path.Combine(_folder, "audit");

    /// <param name="builder">What differs from the usual product. Its store is a file of its own.</param>
    /// <param name="over">What stands between the product and the file, such as a store that fails.</param>
    public static async Task<RunningProduct> StartAsync(ProductBuilder? builder = null, Func<ITableStore, ITableStore>? over = null)
    {
        var product = new RunningProduct(builder ?? new(), over);
        await product.OpenAsync();
        await product._builder.SavePeopleAsync(product._services);
        return product;
    }

    /// <summary>Starts on what another process left.</summary>
    /// <param name="fill">Puts the rows that are there into the empty store.</param>
    /// <param name="auditFolder">The checkpoints that are there; none where there is no such folder.</param>
    public static async Task<RunningProduct> OpenAsync(ProductBuilder builder, Func<ITableStore, Task> fill, string auditFolder)
    {
        var product = new RunningProduct(builder, over: null);
        await using (var store = new SqliteTableStore(product.File)) await fill(store);
        foreach (var file in Directory.Exists(auditFolder) ? Directory.EnumerateFiles(auditFolder, "*", SearchOption.AllDirectories) : [])
        {
            var copy = Path.Combine(product.AuditFolder, Path.GetRelativePath(auditFolder, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            System.IO.File.Copy(file, copy);
        }

        await product.OpenAsync();
        return product;
    }

    /// <summary>Stops as a killed process would, and starts again on the same file.</summary>
    /// <param name="downFor">How long no process runs.</param>
    /// <param name="tasks">The orchestrations and activities from now on, where their code has changed.</param>
    public Task CrashAndRestartAsync(TimeSpan downFor = default, Action<DurableTaskRegistry>? tasks = null) =>
        RestartAsync(_builder with { Tasks = tasks ?? _builder.Tasks }, downFor);

    /// <summary>
    /// Starts again with the same cases and an engine that knows nothing of them: its own store was lost, or is another's.
    /// </summary>
    public Task LoseEngineAndRestartAsync() => RestartAsync(_builder with { EngineTables = _builder.EngineTables + "Anew" });

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
        await DoAsync(SamplePeople.Referrer, reference, new SubmitReferral(reference, referral ?? SampleReferrals.Category2()));
        return reference;
    }

    public async Task<CaseReference> AcceptAsync(ManagementLevel level, Referral? referral = null)
    {
        var reference = await ReferAsync(referral);
        await DoAsync(
            SamplePeople.Coordinator,
            reference,
            new DecideScreening { Outcome = ScreeningOutcome.Accept, Level = level, Reasons = "It meets the test." });
        return reference;
    }

    public async Task<CaseState> CaseAsync(CaseReference reference) => (await TimetableAsync(reference)).Case;

    /// <summary>The whole case and everything it waits for.</summary>
    public async Task<Timetable> TimetableAsync(CaseReference reference) => (await Get<CaseQueries>().TimetableAsync(reference))!;

    public async Task<IReadOnlyList<RecordedEvent>> EventsAsync(CaseReference reference) =>
        await Get<StreamStore>().EventsAsync(CaseFeatures.Model.Events, CaseStreams.Of(reference));

    /// <summary>The activities that an instance has asked for in its present history, in order.</summary>
    public async Task<IReadOnlyList<string>> StepsOfAsync(string instanceId) =>
    [
        .. (await Orchestrations.GetOrchestrationHistoryAsync(instanceId))
            .OfType<global::DurableTask.Core.History.TaskScheduledEvent>().Select(asked => asked.Name!),
    ];

    /// <summary>How often an event of this type stands in the case.</summary>
    public async Task<int> CountAsync<TEvent>(CaseReference reference) where TEvent : CaseEvent =>
        (await EventsAsync(reference)).Count(recorded => recorded.Event is TEvent);

    private string File => Path.Combine(_folder, "store.db");

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task RestartAsync(ProductBuilder builder, TimeSpan downFor = default)
    {
        await _engine.CrashAsync();
        await _services.DisposeAsync();
        Time.Advance(downFor);
        _builder = builder;
        await OpenAsync();
    }

    private async Task OpenAsync()
    {
        _builder = _builder with
        {
            Store = _over(new SqliteTableStore(File)),
            Checkpoints = new FolderCheckpointStore(AuditFolder),
        };
        _services = _builder.Build();
        _engine = _services.GetRequiredService<EmbeddedEngine>();
        await _services.StartEngineAsync();
    }
}
