using System.Text;
using MappaFlows.Tables;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace MappaFlows.Workflows.Tests.Audit;

/// <summary>
/// Cases and their checkpoints, in memory, with a clock that the test moves; and someone who can write to the tables but not to the
/// checkpoint store.
/// </summary>
internal sealed class AuditHarness : IAsyncDisposable
{
    private readonly ProductBuilder _builder;
    private readonly ServiceProvider _services;
    private readonly ServiceProvider _checkpointing;
    private int _cases;

    private AuditHarness(Func<ITableStore, ITableStore>? over)
    {
        _builder = new() { Time = Time, Store = Store, Checkpoints = Checkpoints };
        _services = _builder.Build();
        _checkpointing = over is null ? _services : (_builder with { Store = over(Store) }).Build();
    }

    public FakeTimeProvider Time { get; } = new(Product.Start);

    public MemoryStore Store { get; } = new();

    public MemoryCheckpointStore Checkpoints { get; } = new();

    /// <summary>The checkpoints, in order.</summary>
    public IReadOnlyList<CheckpointDocument> Documents =>
        [
            .. Checkpoints.Documents.OrderBy(found => found.Key, StringComparer.Ordinal).Select(
                found => CheckpointDocument.TryRead(CheckpointDocument.NumberOf(found.Key)!.Value, found.Value)!),
        ];

    /// <summary>Every entry of every checkpoint.</summary>
    public IEnumerable<StreamEntry> Entries => Documents.SelectMany(document => document.Entries);

    /// <param name="over">A store to put over the one in memory, for writing checkpoints and verifying them.</param>
    public static async Task<AuditHarness> OpenAsync(Func<ITableStore, ITableStore>? over = null)
    {
        var harness = new AuditHarness(over);
        await harness._builder.SavePeopleAsync(harness._services);

        // A store of this version: the sweep has no case of an earlier one to renew, for which it would ask an engine.
        await harness._services.GetRequiredService<CaseloadRenewal>().RunAsync();
        return harness;
    }

    public T Get<T>() where T : notnull => _checkpointing.GetRequiredService<T>();

    /// <summary>Another process on the same stores.</summary>
    public CheckpointWriter AnotherInstance() => ActivatorUtilities.CreateInstance<CheckpointWriter>(_services);

    /// <summary>A new case, of as many events as it takes to be managed.</summary>
    public async Task<CaseReference> MakeCaseAsync()
    {
        var reference = CaseReference.For(SamplePeople.Referrer.Id, $"case-{_cases++}");
        await DoAsync(SamplePeople.Referrer, reference, new SubmitReferral(reference, SampleReferrals.Category2()));
        await DoAsync(
            SamplePeople.Coordinator,
            reference,
            new DecideScreening { Outcome = ScreeningOutcome.Accept, Level = ManagementLevel.Level2, Reasons = "It meets the test." });
        return reference;
    }

    /// <summary>One thing more happens in a case.</summary>
    public Task GoOnAsync(CaseReference reference) =>
        DoAsync(SamplePeople.Coordinator, reference, new ProposeDisclosure { Content = SampleDisclosures.Content() });

    public async Task<StreamEntry> HeadAsync(CaseReference reference)
    {
        var (sequence, hash) = (await _services.GetRequiredService<StreamStore>().HeadAsync(CaseStreams.Of(reference)))!.Value;
        return new(reference, sequence, hash);
    }

    public async Task NextDayAsync()
    {
        Time.Advance(TimeSpan.FromDays(1));
        await Get<CheckpointWriter>().RunIfDueAsync();
    }

    /// <summary>Checks every anchor that the vault or the index knows of.</summary>
    public async Task<VerificationProgress> CheckAsync()
    {
        var (first, last) = (await Get<Verifications>().FindAsync(Verifications.All))!.Value;
        var progress = new VerificationProgress("check", first, last, first - 1, Time.GetUtcNow());
        while (!progress.IsOver) progress = await Get<CheckpointVerifier>().VerifyNextAsync(progress);
        return progress;
    }

    /// <summary>Changes an entity behind everybody's back.</summary>
    public async Task ForgeAsync(string partition, string row, Action<Dictionary<string, object>> change, string table = TableNames.Cases)
    {
        var entity = (await Store.GetAsync(table, partition, row))!;
        var properties = new Dictionary<string, object>(entity.Properties);
        change(properties);
        await Store.CommitAsync(table, partition, [new Replace(row, properties, entity.ETag)]);
    }

    /// <summary>Removes rows behind everybody's back.</summary>
    public async Task RemoveAsync(string table, string partition, string rowPrefix)
    {
        await foreach (var entity in Store.ReadAllAsync(table, partition, RowRange.Prefix(rowPrefix)))
            await Store.CommitAsync(table, partition, [new Delete(entity.Row)]);
    }

    /// <summary>Puts something else into the vault in place of a document: what nobody should be able to.</summary>
    public void Replace(long number, Func<string, string> change) =>
        Checkpoints.Documents[CheckpointDocument.NameOf(number)] = Encoding.UTF8.GetBytes(
            change(Encoding.UTF8.GetString(Checkpoints.Documents[CheckpointDocument.NameOf(number)])));

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _checkpointing.DisposeAsync();
    }

    private async Task DoAsync(Person actor, CaseReference reference, CaseCommand command)
    {
        var result = await _services.GetRequiredService<CommandHandler<CaseState>>().ExecuteAsync(
            actor,
            reference.ToString(),
            command,
            Guid.NewGuid().ToString("N"));
        Assert.IsType<CommandResult<CaseState>.Done>(result);
        await _services.GetRequiredService<CaseloadIndex>().RefreshAsync(reference, CancellationToken.None);
    }
}
