using MappaFlows.Testing.Tables;

namespace MappaFlows.Tables.Tests;

/// <summary>The faults that others test with must be the faults that they say they are.</summary>
public sealed class FaultyTableStoreTests : IAsyncDisposable
{
    private static readonly Dictionary<string, object> Some = new() { ["Text"] = "some" };

    private readonly TemporaryFolder _folder = new();
    private readonly SqliteTableStore _inner;

    public FaultyTableStoreTests() => _inner = new SqliteTableStore(_folder.File("store.db"));

    public async ValueTask DisposeAsync()
    {
        await _inner.DisposeAsync();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(Fault.FailBefore, false)]
    [InlineData(Fault.FailAfter, true)]
    public async Task A_failure_comes_before_or_after_the_store_acted(Fault fault, bool made)
    {
        var store = new FaultyTableStore(_inner, FaultPlan.Once(fault, call => call.Operation == StoreOperation.Commit));
        await Assert.ThrowsAsync<TableUnavailableException>(async () => await store.CommitAsync("Abc", "p", [new Insert("r", Some)]));
        Assert.Equal(made, await store.GetAsync("Abc", "p", "r") is not null);
        Assert.Equal(fault, Assert.Single(store.Injected).Fault);
    }

    [Theory]
    [InlineData(Fault.Double)]
    [InlineData(Fault.Delay)]
    [InlineData(Fault.Reorder)]
    public async Task A_late_or_doubled_commit_is_made_and_answered(Fault fault)
    {
        var store = new FaultyTableStore(_inner, FaultPlan.Once(fault, _ => true));
        var etags = await store.CommitAsync("Abc", "p", [new Insert("r", Some)]);
        Assert.Equal((await _inner.GetAsync("Abc", "p", "r"))!.ETag, etags[0]);
    }

    [Fact]
    public async Task A_doubled_upsert_is_made_twice()
    {
        var store = new FaultyTableStore(_inner, FaultPlan.Once(Fault.Double, _ => true));
        var etags = await store.CommitAsync("Abc", "p", [new Upsert("r", Some)]);
        Assert.NotEqual((await _inner.GetAsync("Abc", "p", "r"))!.ETag, etags[0]);
    }

    [Fact]
    public async Task A_commit_that_is_held_back_is_overtaken()
    {
        var store = new FaultyTableStore(_inner, FaultPlan.Once(Fault.Reorder, _ => true));
        var held = store.CommitAsync("Abc", "p", [new Upsert("r", new Dictionary<string, object> { ["Text"] = "first" })]).AsTask();
        await store.CommitAsync("Abc", "p", [new Upsert("r", new Dictionary<string, object> { ["Text"] = "second" })]);
        await held;
        Assert.Equal("first", (await _inner.GetAsync("Abc", "p", "r"))!.Properties["Text"]);
    }

    [Fact]
    public async Task One_seed_makes_the_same_faults_again_and_another_one_others()
    {
        Assert.Equal(await FaultsOf(7), await FaultsOf(7));
        Assert.NotEqual(await FaultsOf(7), await FaultsOf(8));
        Assert.NotEmpty(await FaultsOf(7));
    }

    [Fact]
    public async Task A_store_whose_faults_are_off_is_sound()
    {
        var store = new FaultyTableStore(_inner, FaultPlan.Of(_ => Fault.FailBefore)) { Enabled = false };
        await store.CommitAsync("Abc", "p", [new Insert("r", Some)]);
        Assert.NotNull(await store.GetAsync("Abc", "p", "r"));
        Assert.Single((await store.QueryAsync("Abc", "p", RowRange.All)).Entities);
        Assert.Equal(3, store.Calls);
        store.Enabled = true;
        await Assert.ThrowsAsync<TableUnavailableException>(async () => await store.GetAsync("Abc", "p", "r"));
    }

    private async Task<List<(int, Fault)>> FaultsOf(int seed)
    {
        var store = new FaultyTableStore(
            _inner,
            FaultPlan.Seeded(seed, new Dictionary<Fault, double> { [Fault.FailBefore] = 0.1, [Fault.FailAfter] = 0.1 }));
        for (var number = 0; number < 60; number++)
        {
            try
            {
                await store.GetAsync("Abc", "p", "r");
            }
            catch (TableUnavailableException)
            {
                // Planned.
            }
        }
        return [.. store.Injected.Select(injected => (injected.Call.Number, injected.Fault))];
    }
}
