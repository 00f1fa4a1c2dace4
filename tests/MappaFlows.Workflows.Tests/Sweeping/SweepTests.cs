using System.Reflection;
using MappaFlows.DurableTask.Embedded;
using MappaFlows.Tables;
using MappaFlows.Workflows.Tests.Email;
using Microsoft.Extensions.Logging.Abstractions;

namespace MappaFlows.Workflows.Tests.Sweeping;

/// <summary>What the sweep does, and what an operator's alerts hear of it.</summary>
public sealed class SweepTests
{
    [Fact]
    public async Task A_sweep_sends_what_waited_and_counts_itself()
    {
        await using var harness = await EmailHarness.OpenAsync();
        using var metrics = new CountedMetrics(harness.Get<ProductMetrics>());
        harness.Service.Fate = _ => Fate.Break;
        await harness.SubmitAsync(1, 1);
        harness.Service.Fate = _ => Fate.Take;
        harness.Time.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(1, (await harness.Get<Sweep>().RunAsync(Sweep.Grace)).EmailsSent);

        Assert.Single(harness.Service.Taken);
        Assert.Equal((1, 0), (metrics["mappaflows.sweep.runs"], metrics["mappaflows.sweep.failures"]));
    }

    [Fact]
    public async Task A_sweep_that_fails_is_counted_as_failed_and_not_as_run()
    {
        await using var harness = await EmailHarness.OpenAsync(
            over: inner =>
                new FaultyTableStore(inner, FaultPlan.Of(call => call.Table == TableNames.OutboxIndex ? Fault.FailBefore : Fault.None)));
        using var metrics = new CountedMetrics(harness.Get<ProductMetrics>());

        await Assert.ThrowsAsync<TableUnavailableException>(() => harness.Get<Sweep>().RunAsync(Sweep.Grace));

        Assert.Equal((0, 1), (metrics["mappaflows.sweep.runs"], metrics["mappaflows.sweep.failures"]));
    }

    [Fact]
    public async Task A_case_that_cannot_be_seen_to_is_a_failure_of_a_sweep_that_ran()
    {
        FaultyTableStore? store = null;
        await using var harness = await EmailHarness.OpenAsync(
            over: inner => store = new(inner, FaultPlan.Of(call => call.Table == TableNames.Cases ? Fault.FailBefore : Fault.None)));
        using var metrics = new CountedMetrics(harness.Get<ProductMetrics>());
        store!.Enabled = false;
        await harness.Get<TypedForms>().SaveAsync("casey-coordinator", new('a', 32), "one", [new("Input.Reason", "Typed long ago")]);
        await harness.Get<CaseloadIndex>().RefreshAsync(harness.Reference, CancellationToken.None);
        await harness.Get<CheckpointWriter>().RunIfDueAsync();
        harness.Time.Advance(TimeSpan.FromDays(30));
        store.Enabled = true;

        Assert.Equal(1, (await harness.Get<Sweep>().RunAsync(Sweep.Grace)).Failed);

        Assert.Empty(await harness.Get<TypedForms>().FindAsync("casey-coordinator", new('a', 32)));
        Assert.Equal((1, 1), (metrics["mappaflows.sweep.runs"], metrics["mappaflows.sweep.failures"]));
    }

    [Fact]
    public async Task A_date_that_no_timer_served_is_counted()
    {
        await using var product = await Product.StartAsync();
        using var metrics = new CountedMetrics(product.Get<ProductMetrics>());
        var reference = await product.ReferAsync();
        foreach (var part in new[] { "", "-screening" }) await product.Orchestrations.TerminateInstanceAsync(reference + part);
        await product.AdvanceAsync(TimeSpan.FromDays(30));

        Assert.Equal(1, (await product.Get<Sweep>().RunAsync(Sweep.Grace)).MissedDates);

        Assert.Equal(1, metrics["mappaflows.dates.missed"]);
        await product.Get<Sweep>().RunAsync(Sweep.Grace);
        Assert.Equal(1, metrics["mappaflows.dates.missed"]);
    }

    [Fact]
    public async Task A_case_whose_orchestrations_were_lost_has_them_again_after_its_first_missed_date()
    {
        await using var product = await Product.StartAsync();
        var reference = await product.AcceptAsync(ManagementLevel.Level2);
        await product.DoAsync(SamplePeople.Coordinator, reference, new ProposeDisclosure { Content = SampleDisclosures.Content() });
        await product.LoseEngineAndRestartAsync();
        using var metrics = new CountedMetrics(product.Get<ProductMetrics>());
        var ids = new CaseInstanceIds(reference);
        Assert.Null(await product.Orchestrations.GetInstanceAsync(ids.Lifecycle));

        await product.AdvanceAsync(TimeSpan.FromDays(1) + 2 * Sweep.Grace);
        await product.Get<Sweep>().RunAsync(Sweep.Grace);
        await product.AdvanceAsync(TimeSpan.Zero);

        foreach (var id in new[] { ids.Lifecycle, ids.Review, ids.Exit, ids.Approval(1, 1) })
            Assert.Equal(OrchestrationRuntimeStatus.Running, (await product.Orchestrations.GetInstanceAsync(id, true))!.RuntimeStatus);
        Assert.Equal(1, metrics["mappaflows.dates.missed"]);

        await product.AdvanceAsync(TimeSpan.FromDays(2));
        Assert.Equal(DisclosureStage.Lapsed, (await product.CaseAsync(reference)).Disclosures[0].Stage);
        await product.AdvanceToAsync(new(SampleReferrals.SentenceExpiry.AddDays(2), default, TimeSpan.Zero));
        Assert.Equal(CaseStage.Closed, (await product.CaseAsync(reference)).Stage);
        await product.Get<Sweep>().RunAsync(Sweep.Grace);
        Assert.Equal(1, metrics["mappaflows.dates.missed"]);
        Assert.Equal(
            OrchestrationRuntimeStatus.Completed,
            (await product.Orchestrations.GetInstanceAsync(ids.Lifecycle, true))!.RuntimeStatus);
    }

    [Theory]
    [InlineData("-review")]
    [InlineData("-exit")]
    public async Task A_part_of_a_case_that_was_lost_while_its_lifecycle_runs_on_is_started_again(string lost)
    {
        await using var product = await Product.StartAsync();
        var reference = await product.AcceptAsync(ManagementLevel.Level2);
        await product.Orchestrations.TerminateInstanceAsync(reference + lost);
        await product.AdvanceToAsync(new(SampleReferrals.SentenceExpiry.AddDays(-10), default, TimeSpan.Zero));
        Assert.Equal(
            OrchestrationRuntimeStatus.Terminated,
            (await product.Orchestrations.GetInstanceAsync(reference + lost, true))!.RuntimeStatus);

        await product.Get<Sweep>().RunAsync(Sweep.Grace);
        await product.AdvanceAsync(TimeSpan.Zero);

        Assert.Equal(
            OrchestrationRuntimeStatus.Running,
            (await product.Orchestrations.GetInstanceAsync(reference + lost, true))!.RuntimeStatus);
    }

    [Fact]
    public async Task Sweep_serves_missed_dates_while_the_engine_is_down()
    {
        await using var product = await Product.StartAsync();
        var reference = await product.ReferAsync();
        foreach (var part in new[] { "", "-screening" }) await product.Orchestrations.TerminateInstanceAsync(reference + part);
        product.Emails.Answer = _ => new SendOutcome.Throttled("HTTP 429", TimeSpan.FromDays(1));
        await product.AdvanceAsync(TimeSpan.FromDays(30));
        using var metrics = new CountedMetrics(product.Get<ProductMetrics>());

        var swept = await WithoutEngine(product).RunAsync(Sweep.Grace);

        Assert.Equal(1, swept.MissedDates);
        Assert.NotEqual(0, swept.Failed);
        Assert.Equal((1, 1), (metrics["mappaflows.dates.missed"], metrics["mappaflows.sweep.failures"]));
    }

    [Fact]
    public async Task A_undelivered_email_is_counted_where_it_is_made()
    {
        await using var harness = await EmailHarness.OpenAsync();
        using var metrics = new CountedMetrics(harness.Get<ProductMetrics>());
        harness.Service.Fate = _ => Fate.Say(new SendOutcome.Rejected("HTTP 400"));

        await harness.SubmitAsync(1, 1);
        await harness.SubmitAsync(1, 1);

        Assert.Equal(1, metrics["mappaflows.email.undelivered"]);
    }

    private static Sweep WithoutEngine(Product product)
    {
        var engine = DispatchProxy.Create<IDurableTaskClientProvider, AwayEngine>();
        return new(
            product.Get<OutboxIndex>(),
            product.Get<OutboxDispatcher>(),
            product.Get<CaseloadIndex>(),
            product.Get<CaseCommands>(),
            new(engine, product.Get<CaseQueries>()),
            product.Get<EmailSender>(),
            new(engine, product.Get<EmailSender>(), product.Time),
            new(product.Store, product.Get<CaseloadIndex>(), new(engine, product.Get<CaseQueries>()), NullLogger<CaseloadRenewal>.Instance),
            product.Get<CheckpointWriter>(),
            product.Get<TypedForms>(),
            product.Get<ProductMetrics>(),
            product.Time,
            NullLogger<Sweep>.Instance);
    }

    /// <summary>An engine that takes no calls.</summary>
    private class AwayEngine : DispatchProxy
    {
        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => throw new InvalidOperationException("The engine is away.");
    }
}
