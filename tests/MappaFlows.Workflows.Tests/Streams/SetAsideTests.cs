using MappaFlows.Core.Administration;
using MappaFlows.Tables;
using MappaFlows.Workflows.Tests.Email;

namespace MappaFlows.Workflows.Tests.Streams;

/// <summary>Outbox items that fail, and those that stand behind them.</summary>
public sealed class SetAsideTests : IAsyncLifetime
{
    /// <summary>More than one page of an outbox.</summary>
    private const int Failing = 130;

    private static readonly Person Admin = SamplePeople.Administrator;

    private Product _product = null!;
    private CaseReference _reference;

    public async ValueTask InitializeAsync()
    {
        _product = await Product.StartAsync(new ProductBuilder
        {
            People = [.. SamplePeople.InArea.Where(person =>
            person.Id != Admin.Id), Admin]
        });
        _reference = await _product.AcceptAsync(ManagementLevel.Level2);
        await _product.AdvanceAsync(TimeSpan.Zero);
    }

    public ValueTask DisposeAsync() => _product.DisposeAsync();

    [Fact]
    public async Task Items_that_fail_for_ever_let_the_others_of_their_case_pass()
    {
        await FailAsync(Failing);

        await _product.DoAsync(SamplePeople.Coordinator, _reference, new ProposeDisclosure { Content = SampleDisclosures.Content() });
        await _product.AdvanceAsync(TimeSpan.Zero);

        Assert.Equal(1, _product.Emails.Count(SamplePeople.Chair, "Your decision is needed"));
        Assert.NotNull(await _product.Orchestrations.GetInstanceAsync(new CaseInstanceIds(_reference).Approval(1, 1)));
    }

    [Fact]
    public async Task An_item_that_cannot_succeed_is_set_aside_after_a_few_tries_and_seen_by_administrators()
    {
        using var metrics = new CountedMetrics(_product.Get<ProductMetrics>());
        await FailAsync(1);

        await SweepForAsync(TimeSpan.FromHours(1));

        var item = Assert.Single(await _product.Get<SetAsideItems>().ListAsync(10));
        Assert.Equal((CaseStreams.Of(_reference), 5), (item.Stream, item.Failures));
        Assert.Equal(1, metrics["mappaflows.outbox.setaside"]);
        var shown = Assert.Single(await _product.Get<EngineView>().QuarantinedAsync());
        Assert.Equal($"The nonsense item of {_reference}", shown.What);
        Assert.Empty(await _product.Get<OutboxIndex>().ListAsync(10, CancellationToken.None));
        var warnings = _product.Log.Lines.Count(line => line.Contains("failed and stays in the outbox", StringComparison.Ordinal));
        await SweepForAsync(TimeSpan.FromHours(1));
        Assert.Equal(warnings, _product.Log.Lines.Count(line => line.Contains("failed and stays in the outbox", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task An_item_that_was_set_aside_is_put_back_or_removed_by_a_person()
    {
        await FailAsync(2);
        await SweepForAsync(TimeSpan.FromHours(1));
        var items = await _product.Get<SetAsideItems>().ListAsync(10);
        Assert.Equal(2, items.Count);

        // What it failed of was fixed meanwhile.
        await RewriteAsync(items[0].Key, "caseload", "{}");
        var back = await ActAsync(AdminAction.RetryQuarantined, items[0].Key);
        var gone = await ActAsync(AdminAction.DiscardQuarantined, items[1].Key);

        Assert.True(back.Outcome!.IsDone, back.Outcome.Message);
        Assert.True(gone.Outcome!.IsDone, gone.Outcome.Message);
        Assert.Empty(await _product.Get<SetAsideItems>().ListAsync(10));
        Assert.Empty(await _product.Get<OutboxIndex>().ListAsync(10, CancellationToken.None));
    }

    [Fact]
    public async Task An_item_that_fails_as_the_engine_is_away_waits_longer_each_time_and_is_not_given_up_in_hours()
    {
        var dispatcher = _product.Get<OutboxDispatcher>();
        await FailAsync(1, "signal", """{"instanceId":"no such instance \u0000"}""");

        await SweepForAsync(TimeSpan.FromHours(4));

        Assert.Empty(await _product.Get<SetAsideItems>().ListAsync(10));
        Assert.NotNull(dispatcher);
    }

    private async Task<AdminLogEntry> ActAsync(AdminAction action, string key) =>
        Assert.IsType<AdminActionResult.Attempted>(await _product.Get<AdminActions>().DoAsync(Admin, new(action, key, "Seen to"), $"{action}{key}")).Entry;

    private async Task SweepForAsync(TimeSpan time)
    {
        for (var gone = TimeSpan.Zero; gone < time; gone += TimeSpan.FromMinutes(1))
        {
            _product.Time.Advance(TimeSpan.FromMinutes(1));
            await _product.Get<OutboxDispatcher>().TryDispatchAsync(_reference, CancellationToken.None);
        }
    }

    /// <summary>Items of a kind that nothing handles, before all that the case will have.</summary>
    private async Task FailAsync(int count, string kind = "nonsense", string data = "{}")
    {
        await _product.Get<OutboxIndex>().AddAsync(CaseStreams.Of(_reference), 1, CancellationToken.None);
        foreach (var chunk in Enumerable.Range(0, count).Chunk(TableLimits.ChangesPerCommit))
        {
            await _product.Store.CommitAsync(TableNames.Cases, _reference.ToString(),
            [
                .. chunk.Select(i => new Insert($"outbox-0000000001-{i + 500:D3}", new Dictionary<string, object> { ["Kind"] = kind, ["Data"] = data })),
            ]);
        }
    }

    private async Task RewriteAsync(string key, string kind, string data)
    {
        var row = (await _product.Store.GetAsync(TableNames.Cases, _reference.ToString(), "aside-" + key[^14..]))!;
        await _product.Store.CommitAsync(
            TableNames.Cases,
            _reference.ToString(),
            [new Upsert(row.Row, new Dictionary<string, object>(row.Properties) { ["Kind"] = kind, ["Data"] = data })]);
    }
}
