using MappaFlows.Workflows.Notifications;

namespace MappaFlows.Workflows.Tests.Notifications;

/// <summary>Nobody knows whether the service took the email.</summary>
public sealed class DoubtTests : IAsyncLifetime
{
    private Mailroom _mailroom = null!;

    private Notification Email => _mailroom.Ordinary(1);

    private Guid Operation => LedgerEntry.New(default).OperationId(Email);

    public async ValueTask InitializeAsync() => _mailroom = await Mailroom.OpenAsync(Mailroom.Usual);

    public ValueTask DisposeAsync() => _mailroom.DisposeAsync();

    [Fact]
    public async Task Within_five_minutes_it_is_repeated_under_the_same_id_and_is_one_email()
    {
        Next(Fate.TakeAndBreak);
        Assert.True(await _mailroom.HandInAsync(Email));
        Assert.Contains("did not say whether it took it: IOException", Assert.Single(await _mailroom.WaitingAsync()).Why);

        Assert.Equal(1, await _mailroom.SendAfterAsync(TimeSpan.FromSeconds(30)));

        Assert.Equal(2, _mailroom.Service.Requests);
        Assert.Single(_mailroom.Service.Taken);
    }

    [Fact]
    public async Task Repeats_are_made_only_while_the_service_is_sure_to_remember()
    {
        _mailroom.Service.Fate = _ => Fate.Break;
        var tries = new List<double>();
        await _mailroom.HandInAsync(Email);
        for (var second = 1; second < 600; second++)
        {
            var before = _mailroom.Service.Requests;
            await _mailroom.SendAfterAsync(TimeSpan.FromSeconds(1));
            if (_mailroom.Service.Requests > before) tries.Add(second);
        }

        Assert.Equal([30, 60, 120, 240], tries);
    }

    [Fact]
    public async Task After_five_minutes_a_delivery_report_gets_its_time_and_when_none_comes_it_is_sent_again()
    {
        Next(Fate.TakeAndBreak);
        await _mailroom.HandInAsync(Email);

        Assert.Equal(0, await _mailroom.SendAfterAsync(TimeSpan.FromMinutes(6)));
        Assert.Equal(1, _mailroom.Service.Requests);
        Assert.Equal(1, await _mailroom.SendAfterAsync(TimeSpan.FromMinutes(4)));

        Assert.Equal(2, _mailroom.Service.Taken.Count);
        Assert.Equal((PostStatus.Sent, 2), await StandsAsync());
    }

    [Fact]
    public async Task After_five_minutes_it_is_not_sent_again_where_a_report_says_that_it_arrived()
    {
        Next(Fate.TakeAndBreak);
        await _mailroom.HandInAsync(Email);
        await _mailroom.SendAfterAsync(TimeSpan.FromMinutes(6));
        await _mailroom.ReportAsync(Operation, "Delivered", Product.Start);

        await _mailroom.SendAfterAsync(TimeSpan.FromHours(1));

        Assert.Single(_mailroom.Service.Taken);
        Assert.Empty(await _mailroom.WaitingAsync());
        Assert.Equal((PostStatus.Delivered, 1), await StandsAsync());
    }

    [Fact]
    public async Task A_report_of_any_kind_shows_that_the_service_has_it()
    {
        Next(Fate.TakeAndBreak);
        await _mailroom.HandInAsync(Email);
        await _mailroom.ReportAsync(Operation, "OutForDelivery", Product.Start);

        await _mailroom.SendAfterAsync(TimeSpan.FromHours(1));

        Assert.Single(_mailroom.Service.Taken);
        Assert.Equal((PostStatus.Sent, 1), await StandsAsync());
    }

    [Fact]
    public async Task It_is_sent_six_times_at_most_and_then_is_a_dead_letter()
    {
        _mailroom.Service.Fate = _ => Fate.TakeAndBreak;
        var metrics = new CountedMetrics(_mailroom.Get<ProductMetrics>());
        await _mailroom.HandInAsync(Email);
        for (var i = 0; i < 24 * 6; i++) await _mailroom.SendAfterAsync(TimeSpan.FromMinutes(10));

        Assert.Equal(LedgerEntry.MostSendings, _mailroom.Service.Taken.Count);
        Assert.Contains("It may have arrived all the same.", Assert.Single(await _mailroom.DeadLettersAsync()).Why);
        Assert.Empty(await _mailroom.WaitingAsync());
        Assert.Equal(1, metrics["mappaflows.email.dead_letters"]);
    }

    [Fact]
    public async Task A_report_that_comes_at_the_moment_of_giving_up_is_believed()
    {
        _mailroom.Service.Fate = _ => Fate.TakeAndBreak;
        await _mailroom.HandInAsync(Email);
        while (_mailroom.Service.Taken.Count < LedgerEntry.MostSendings) await _mailroom.SendAfterAsync(TimeSpan.FromMinutes(10));
        _mailroom.Store.BeforeNextCommit = () => _mailroom.ReportAsync(Operation, "Delivered", _mailroom.Time.GetUtcNow());

        await _mailroom.SendAfterAsync(TimeSpan.FromHours(6));

        Assert.Null(_mailroom.Store.BeforeNextCommit);
        Assert.Equal((PostStatus.Delivered, LedgerEntry.MostSendings), await StandsAsync());
        Assert.Empty(await _mailroom.DeadLettersAsync());
        Assert.Empty(await _mailroom.WaitingAsync());
    }

    [Fact]
    public async Task A_sender_that_died_while_handing_over_is_a_doubt_like_any_other()
    {
        var claimed = LedgerEntry.New(Product.Start).Claim(Product.Start);
        await new PostLedger(_mailroom.Store).TryWriteAsync(Email, claimed, etag: null, CancellationToken.None);
        Assert.False(await _mailroom.HandInAsync(Email));

        _mailroom.Time.Advance(TimeSpan.FromMinutes(5));
        Assert.True(await _mailroom.HandInAsync(Email));
        Assert.Equal(0, _mailroom.Service.Requests);
        Assert.Contains("stopped before", Assert.Single(await _mailroom.WaitingAsync()).Why);

        Assert.Equal(1, await _mailroom.SendAfterAsync(TimeSpan.FromMinutes(5)));
        Assert.Single(_mailroom.Service.Taken);
    }

    [Fact]
    public async Task A_throttled_repeat_does_not_end_the_doubt()
    {
        Next(Fate.TakeAndBreak, Fate.Say(new MailOutcome.Throttled("HTTP 429", TimeSpan.FromMinutes(6))));
        await _mailroom.HandInAsync(Email);
        await _mailroom.SendAfterAsync(TimeSpan.FromSeconds(30));

        await _mailroom.SendAfterAsync(TimeSpan.FromMinutes(7));
        Assert.Equal(2, _mailroom.Service.Requests);
        await _mailroom.SendAfterAsync(TimeSpan.FromMinutes(3));

        Assert.Equal(3, _mailroom.Service.Requests);
        Assert.Equal((PostStatus.Sent, 2), await StandsAsync());
    }

    [Fact]
    public async Task An_email_that_is_refused_for_good_is_a_dead_letter_at_once()
    {
        Next(Fate.Say(new MailOutcome.Rejected("HTTP 400 InvalidRecipient")));

        Assert.True(await _mailroom.HandInAsync(Email));

        Assert.Equal("The email service refused it: HTTP 400 InvalidRecipient.", Assert.Single(await _mailroom.DeadLettersAsync()).Why);
    }

    private void Next(params Fate[] fates)
    {
        var next = new Queue<Fate>(fates);
        _mailroom.Service.Fate = _ => next.TryDequeue(out var fate) ? fate : Fate.Take;
    }

    private async Task<(PostStatus Status, int Sendings)> StandsAsync()
    {
        var entry = (await new PostLedger(_mailroom.Store).FindAsync(Email, CancellationToken.None))!.Entry;
        return (entry.Status, entry.Sendings);
    }
}
