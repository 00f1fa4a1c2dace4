using MappaFlows.Tables;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace MappaFlows.Workflows.Tests.Streams;

/// <summary>A mark says that an outbox may not be empty. Were it lost, so were what stands in the outbox.</summary>
public sealed class OutboxIndexTests : IAsyncLifetime
{
    private static readonly CaseReference Reference = CaseReference.For(SamplePeople.Referrer.Id, "key");

    private readonly string _folder = Directory.CreateTempSubdirectory("mappaflows-marks-").FullName;
    private readonly FakeTimeProvider _time = new(ProductBuilder.Start);
    private SqliteTableStore _store = null!;
    private ServiceProvider _services = null!;

    public async ValueTask InitializeAsync()
    {
        _store = new SqliteTableStore(Path.Combine(_folder, "cases.db"));
        _services = new ProductBuilder { Time = _time, Store = _store, Emails = new NoMail() }.Build();
        await _services.GetRequiredService<TablePeopleDirectory>().SaveAsync(
            [SamplePeople.Referrer, SamplePeople.Coordinator with { Email = "" }], []);
        await _services.StartEngineAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _services.StopEngineAsync();
        await _services.DisposeAsync();
        await _store.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_dispatcher_that_comes_between_a_mark_and_its_commit_leaves_the_mark_so_that_the_work_is_done()
    {
        await Pending.AddAsync(CaseStreams.Of(Reference), 1, CancellationToken.None);

        Assert.True(await Dispatcher.TryDispatchAsync(Reference, CancellationToken.None));
        Assert.Single(await Pending.ListAsync(10, CancellationToken.None));

        await CommitAsync();
        Assert.True(await Dispatcher.TryDispatchAsync(Reference, CancellationToken.None));
        Assert.Empty(await Pending.ListAsync(10, CancellationToken.None));
        Assert.Single((await Caseload.ListAsync(new("hampshire"))).Cases);
    }

    [Fact]
    public async Task A_mark_for_a_later_version_outlives_the_work_of_an_earlier_one()
    {
        await CommitAsync();
        await Pending.AddAsync(CaseStreams.Of(Reference), 2, CancellationToken.None);

        await Dispatcher.TryDispatchAsync(Reference, CancellationToken.None);

        Assert.Equal([2], (await Pending.ListAsync(10, CancellationToken.None)).Select(mark => mark.Version));
    }

    [Fact]
    public async Task A_mark_whose_commit_never_came_goes_when_no_commit_can_be_on_its_way_any_more()
    {
        await Pending.AddAsync(CaseStreams.Of(Reference), 1, CancellationToken.None);
        _time.Advance(TimeSpan.FromHours(2));

        await Dispatcher.TryDispatchAsync(Reference, CancellationToken.None);

        Assert.Empty(await Pending.ListAsync(10, CancellationToken.None));
    }

    private OutboxIndex Pending => _services.GetRequiredService<OutboxIndex>();

    private OutboxDispatcher Dispatcher => _services.GetRequiredService<OutboxDispatcher>();

    private CaseloadIndex Caseload => _services.GetRequiredService<CaseloadIndex>();

    private async Task CommitAsync()
    {
        var result = await _services.GetRequiredService<CommandHandler<CaseState>>().ExecuteAsync(
            SamplePeople.Referrer,
            Reference.ToString(),
            new SubmitReferral(Reference, SampleReferrals.Category3()),
            "key");
        Assert.IsType<CommandResult<CaseState>.Done>(result);
    }

    /// <summary>Nobody is written to: no one in the directory has an address.</summary>
    private sealed class NoMail : IEmailTransport
    {
        public Task<SendOutcome> SendAsync(OutgoingEmail email, Guid operationId, CancellationToken cancellationToken) =>
            throw new InvalidOperationException("There is nobody to write to.");
    }
}
