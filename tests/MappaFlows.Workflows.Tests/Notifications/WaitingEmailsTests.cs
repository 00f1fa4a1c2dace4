using MappaFlows.Core.Cases;
using MappaFlows.DurableTask.Embedded;
using MappaFlows.Testing.Tables;
using MappaFlows.Workflows.Notifications;
using MappaFlows.Workflows.Orchestrations;
using MappaFlows.Workflows.Sweeping;

namespace MappaFlows.Workflows.Tests.Notifications;

/// <summary>What has to wait goes when its turn comes, without a sweep; and nothing runs where nothing waits.</summary>
public sealed class WaitingEmailsTests : IAsyncLifetime
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private Product _product = null!;

    public async ValueTask InitializeAsync() => _product = await Product.StartAsync();

    public ValueTask DisposeAsync() => _product.DisposeAsync();

    [Fact]
    public async Task Where_every_email_goes_at_once_no_round_is_ever_made()
    {
        await _product.ReferAsync();

        Assert.NotEmpty(_product.Mail.Sent);
        Assert.Null(await RoundsAsync());
    }

    [Fact]
    public async Task An_email_that_the_service_put_off_goes_at_the_minute_it_asked_for_and_the_rounds_end()
    {
        _product.Mail.Answer = _ => new MailOutcome.Throttled("HTTP 429", 10 * Minute);
        await _product.ReferAsync();
        _product.Mail.Answer = _ => new MailOutcome.Accepted();

        await _product.AdvanceAsync(10 * Minute - TimeSpan.FromSeconds(1));
        Assert.Empty(_product.Mail.Sent);
        Assert.Equal(OrchestrationRuntimeStatus.Running, (await RoundsAsync())!.RuntimeStatus);
        await _product.AdvanceAsync(TimeSpan.FromSeconds(1));

        Assert.NotEmpty(_product.Mail.Sent);
        Assert.Empty(await WaitingAsync());
        Assert.Equal(OrchestrationRuntimeStatus.Completed, (await RoundsAsync())!.RuntimeStatus);
    }

    [Fact]
    public async Task In_doubt_it_is_repeated_while_the_service_still_knows_its_id()
    {
        _product.Mail.Answer = _ => new MailOutcome.Unknown("the connection broke");
        await _product.ReferAsync();
        _product.Mail.Answer = _ => new MailOutcome.AcceptedBefore();

        await _product.AdvanceAsync(LedgerEntry.CarrierRemembers - LedgerEntry.LongestHandover);

        Assert.Empty(await WaitingAsync());
    }

    [Fact]
    public async Task A_backlog_goes_at_the_pace_of_the_service_until_none_is_left()
    {
        _product.Mail.Limits = new(5, 1000);
        var cases = new List<CaseReference>();
        for (var i = 0; i < 12; i++) cases.Add(await _product.ReferAsync());
        var waiting = (await WaitingAsync()).Count;
        Assert.InRange(waiting, 12 - 5, 1000);

        for (var passed = 0; await RoundsAsync() is { RuntimeStatus: OrchestrationRuntimeStatus.Running }; passed++)
        {
            Assert.True(passed < 60, "Something waits for ever.");
            await _product.AdvanceAsync(Minute);
        }

        Assert.Empty(await WaitingAsync());
        Assert.All(cases, reference => Assert.Contains(_product.Mail.Sent, email => email.Subject.Contains(reference.ToString(), StringComparison.Ordinal)));
    }

    [Fact]
    public async Task One_whose_turn_is_far_off_does_not_keep_back_one_that_comes_after_it()
    {
        _product.Mail.Answer = _ => new MailOutcome.Unknown("the connection broke");
        await _product.ReferAsync();
        await _product.AdvanceAsync(LedgerEntry.CarrierRemembers);
        var far = Assert.Single(await WaitingAsync()).From;
        Assert.True(far - _product.Time.GetUtcNow() > 2 * Minute);

        _product.Mail.Answer = _ => new MailOutcome.Throttled("HTTP 429", Minute);
        await _product.ReferAsync();
        _product.Mail.Answer = _ => new MailOutcome.Accepted();
        await _product.AdvanceAsync(Minute);

        Assert.Equal(far, Assert.Single(await WaitingAsync()).From);
        Assert.Single(_product.Mail.Sent);
    }

    [Fact]
    public async Task While_the_service_lets_nothing_through_further_emails_wake_nobody()
    {
        _product.Mail.Answer = _ => new MailOutcome.Throttled("HTTP 429", 10 * Minute);
        await _product.ReferAsync();
        await _product.AdvanceAsync(Minute);
        var before = (await RoundsAsync())!.LastUpdatedAt;

        for (var i = 0; i < 3; i++) await _product.ReferAsync();
        await _product.AdvanceAsync(Minute);

        Assert.Equal(4, (await WaitingAsync()).Count);
        Assert.Equal(before, (await RoundsAsync())!.LastUpdatedAt);
    }

    [Fact]
    public async Task A_killed_process_sends_on_after_its_restart()
    {
        _product.Mail.Answer = _ => new MailOutcome.Throttled("HTTP 429", 10 * Minute);
        await _product.ReferAsync();
        _product.Mail.Answer = _ => new MailOutcome.Accepted();

        await _product.CrashAndRestartAsync();
        await _product.AdvanceAsync(10 * Minute);

        Assert.Single(_product.Mail.Sent);
    }

    [Fact]
    public async Task Rounds_that_were_lost_are_begun_again_by_the_sweep()
    {
        _product.Mail.Answer = _ => new MailOutcome.Throttled("HTTP 429", 10 * Minute);
        await _product.ReferAsync();
        _product.Mail.Answer = _ => new MailOutcome.Accepted();
        await _product.Orchestrations.TerminateInstanceAsync(WaitingEmails.InstanceId);

        await _product.Get<Sweep>().RunAsync(Sweep.Grace);
        await _product.AdvanceAsync(10 * Minute);

        Assert.Single(_product.Mail.Sent);
    }

    [Fact]
    public async Task An_email_that_cannot_be_seen_to_at_all_stands_back_and_goes_later()
    {
        FaultyTableStore? store = null;
        await using var mailroom = await Mailroom.OpenAsync(
            over: inner => store = new(inner, FaultPlan.Of(call => call.Row.EndsWith("00000.ordinary", StringComparison.Ordinal) && call.Operation == StoreOperation.Get ? Fault.FailBefore : Fault.None)));
        store!.Enabled = false;
        mailroom.Service.Fate = _ => Fate.Say(new MailOutcome.Throttled("HTTP 429", Minute));
        await mailroom.HandInAsync(0, 1);
        mailroom.Service.Fate = _ => Fate.Take;
        mailroom.Time.Advance(Minute);

        store.Enabled = true;
        Assert.Equal((0, 1), await mailroom.Office.SendWaitingAsync(10));
        var putOff = Assert.Single(await mailroom.WaitingAsync()).From - mailroom.Time.GetUtcNow();
        store.Enabled = false;

        Assert.InRange(putOff, Minute, 10 * Minute);
        Assert.Equal(0, await mailroom.SendAfterAsync(putOff - TimeSpan.FromSeconds(1)));
        Assert.Equal(1, await mailroom.SendAfterAsync(TimeSpan.FromSeconds(1)));
    }

    private Task<OrchestrationMetadata?> RoundsAsync() => _product.Orchestrations.GetInstanceAsync(WaitingEmails.InstanceId, true);

    private Task<IReadOnlyList<WaitingLetter>> WaitingAsync() => _product.Get<PostOffice>().WaitingAsync(1000);
}
