using MappaFlows.DurableTask.Embedded;

namespace MappaFlows.Workflows.Tests.Email;

/// <summary>What has to wait goes when its turn comes, without a sweep; and nothing runs where nothing waits.</summary>
public sealed class SendEmailQueueTests : IAsyncLifetime
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private Product _product = null!;

    public async ValueTask InitializeAsync() => _product = await Product.StartAsync();

    public ValueTask DisposeAsync() => _product.DisposeAsync();

    [Fact]
    public async Task Immediate_emails_start_no_queue()
    {
        await _product.ReferAsync();

        Assert.NotEmpty(_product.Emails.Sent);
        Assert.Null(await RoundsAsync());
    }

    [Fact]
    public async Task Throttled_email_is_sent_at_retry_after_and_the_queue_ends()
    {
        _product.Emails.Answer = _ => new SendOutcome.Throttled("HTTP 429", 10 * Minute);
        await _product.ReferAsync();
        _product.Emails.Answer = _ => new SendOutcome.Accepted();

        await _product.AdvanceAsync(10 * Minute - TimeSpan.FromSeconds(1));
        Assert.Empty(_product.Emails.Sent);
        Assert.Equal(OrchestrationRuntimeStatus.Running, (await RoundsAsync())!.RuntimeStatus);
        await _product.AdvanceAsync(TimeSpan.FromSeconds(1));

        Assert.NotEmpty(_product.Emails.Sent);
        Assert.Empty(await QueuedAsync());
        Assert.Equal(OrchestrationRuntimeStatus.Completed, (await RoundsAsync())!.RuntimeStatus);
    }

    [Fact]
    public async Task In_doubt_it_is_repeated_while_the_service_still_knows_its_id()
    {
        _product.Emails.Answer = _ => new SendOutcome.Unknown("the connection broke");
        await _product.ReferAsync();
        _product.Emails.Answer = _ => new SendOutcome.AcceptedBefore();

        await _product.AdvanceAsync(EmailDelivery.TransportRemembers - EmailDelivery.MaxHandover);

        Assert.Empty(await QueuedAsync());
    }

    [Fact]
    public async Task A_backlog_goes_at_the_pace_of_the_service_until_none_is_left()
    {
        _product.Emails.Limits = new(5, 1000);
        var cases = new List<CaseReference>();
        for (var i = 0; i < 12; i++) cases.Add(await _product.ReferAsync());
        var waiting = (await QueuedAsync()).Count;
        Assert.InRange(waiting, 12 - 5, 1000);

        for (var passed = 0; await RoundsAsync() is { RuntimeStatus: OrchestrationRuntimeStatus.Running }; passed++)
        {
            Assert.True(passed < 60, "Something waits for ever.");
            await _product.AdvanceAsync(Minute);
        }

        Assert.Empty(await QueuedAsync());
        Assert.All(
            cases,
            reference =>
                Assert.Contains(_product.Emails.Sent, email => email.Subject.Contains(reference.ToString(), StringComparison.Ordinal)));
    }

    [Fact]
    public async Task One_whose_turn_is_far_off_does_not_keep_back_one_that_comes_after_it()
    {
        _product.Emails.Answer = _ => new SendOutcome.Unknown("the connection broke");
        await _product.ReferAsync();
        await _product.AdvanceAsync(EmailDelivery.TransportRemembers);
        var far = Assert.Single(await QueuedAsync()).From;
        Assert.True(far - _product.Time.GetUtcNow() > 2 * Minute);

        _product.Emails.Answer = _ => new SendOutcome.Throttled("HTTP 429", Minute);
        await _product.ReferAsync();
        _product.Emails.Answer = _ => new SendOutcome.Accepted();
        await _product.AdvanceAsync(Minute);

        Assert.Equal(far, Assert.Single(await QueuedAsync()).From);
        Assert.Single(_product.Emails.Sent);
    }

    [Fact]
    public async Task Blocked_service_is_not_tried_for_each_new_email()
    {
        _product.Emails.Answer = _ => new SendOutcome.Throttled("HTTP 429", 10 * Minute);
        await _product.ReferAsync();
        await _product.AdvanceAsync(Minute);
        var before = (await RoundsAsync())!.LastUpdatedAt;

        for (var i = 0; i < 3; i++) await _product.ReferAsync();
        await _product.AdvanceAsync(Minute);

        Assert.Equal(4, (await QueuedAsync()).Count);
        Assert.Equal(before, (await RoundsAsync())!.LastUpdatedAt);
    }

    [Fact]
    public async Task A_killed_process_sends_on_after_its_restart()
    {
        _product.Emails.Answer = _ => new SendOutcome.Throttled("HTTP 429", 10 * Minute);
        await _product.ReferAsync();
        _product.Emails.Answer = _ => new SendOutcome.Accepted();

        await _product.CrashAndRestartAsync();
        await _product.AdvanceAsync(10 * Minute);

        Assert.Single(_product.Emails.Sent);
    }

    [Fact]
    public async Task Sweep_restarts_a_lost_queue()
    {
        _product.Emails.Answer = _ => new SendOutcome.Throttled("HTTP 429", 10 * Minute);
        await _product.ReferAsync();
        _product.Emails.Answer = _ => new SendOutcome.Accepted();
        await _product.Orchestrations.TerminateInstanceAsync(SendEmailQueue.InstanceId);

        await _product.Get<Sweep>().RunAsync(Sweep.Grace);
        await _product.AdvanceAsync(10 * Minute);

        Assert.Single(_product.Emails.Sent);
    }

    [Fact]
    public async Task An_email_that_cannot_be_seen_to_at_all_stands_back_and_goes_later()
    {
        FaultyTableStore? store = null;
        await using var harness = await EmailHarness.OpenAsync(
            over: inner => store = new(inner, FaultPlan.Of(call =>
                call.Row.EndsWith("00000.ordinary", StringComparison.Ordinal) && call.Operation == StoreOperation.Get ? Fault.FailBefore : Fault.None)));
        store!.Enabled = false;
        harness.Service.Fate = _ => Fate.Say(new SendOutcome.Throttled("HTTP 429", Minute));
        await harness.SubmitAsync(0, 1);
        harness.Service.Fate = _ => Fate.Take;
        harness.Time.Advance(Minute);

        store.Enabled = true;
        Assert.Equal((0, 1), await harness.Sender.SendQueuedAsync(10));
        var putOff = Assert.Single(await harness.QueuedAsync()).From - harness.Time.GetUtcNow();
        store.Enabled = false;

        Assert.InRange(putOff, Minute, 10 * Minute);
        Assert.Equal(0, await harness.SendAfterAsync(putOff - TimeSpan.FromSeconds(1)));
        Assert.Equal(1, await harness.SendAfterAsync(TimeSpan.FromSeconds(1)));
    }

    private Task<OrchestrationMetadata?> RoundsAsync() => _product.Orchestrations.GetInstanceAsync(SendEmailQueue.InstanceId, true);

    private Task<IReadOnlyList<QueuedEmail>> QueuedAsync() => _product.Get<EmailQueue>().PageAsync(1000);
}
