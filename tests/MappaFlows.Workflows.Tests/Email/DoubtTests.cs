
namespace MappaFlows.Workflows.Tests.Email;

/// <summary>Nobody knows whether the service took the email.</summary>
public sealed class DoubtTests : IAsyncLifetime
{
    private EmailHarness _harness = null!;

    private EmailRequest Email => _harness.Ordinary(1);

    private Guid Operation => EmailDelivery.New(default).OperationId(Email);

    public async ValueTask InitializeAsync() => _harness = await EmailHarness.OpenAsync(EmailHarness.Usual);

    public ValueTask DisposeAsync() => _harness.DisposeAsync();

    [Fact]
    public async Task Within_five_minutes_it_is_repeated_under_the_same_id_and_is_one_email()
    {
        Next(Fate.TakeAndBreak);
        Assert.True(await _harness.SubmitAsync(Email));
        Assert.Contains("did not confirm that it accepted it: IOException", Assert.Single(await _harness.QueuedAsync()).Reason);

        Assert.Equal(1, await _harness.SendAfterAsync(TimeSpan.FromSeconds(30)));

        Assert.Equal(2, _harness.Service.Requests);
        Assert.Single(_harness.Service.Taken);
    }

    [Fact]
    public async Task Repeats_are_made_only_while_the_service_is_sure_to_remember()
    {
        _harness.Service.Fate = _ => Fate.Break;
        var tries = new List<double>();
        await _harness.SubmitAsync(Email);
        for (var second = 1; second < 600; second++)
        {
            var before = _harness.Service.Requests;
            await _harness.SendAfterAsync(TimeSpan.FromSeconds(1));
            if (_harness.Service.Requests > before) tries.Add(second);
        }

        Assert.Equal([30, 60, 120, 240], tries);
    }

    [Fact]
    public async Task After_five_minutes_a_delivery_report_gets_its_time_and_when_none_comes_it_is_sent_again()
    {
        Next(Fate.TakeAndBreak);
        await _harness.SubmitAsync(Email);

        Assert.Equal(0, await _harness.SendAfterAsync(TimeSpan.FromMinutes(6)));
        Assert.Equal(1, _harness.Service.Requests);
        Assert.Equal(1, await _harness.SendAfterAsync(TimeSpan.FromMinutes(4)));

        Assert.Equal(2, _harness.Service.Taken.Count);
        Assert.Equal((DeliveryStatus.Sent, 2), await StandsAsync());
    }

    [Fact]
    public async Task After_five_minutes_it_is_not_sent_again_where_a_report_says_that_it_arrived()
    {
        Next(Fate.TakeAndBreak);
        await _harness.SubmitAsync(Email);
        await _harness.SendAfterAsync(TimeSpan.FromMinutes(6));
        await _harness.ReportAsync(Operation, "Delivered", Product.Start);

        await _harness.SendAfterAsync(TimeSpan.FromHours(1));

        Assert.Single(_harness.Service.Taken);
        Assert.Empty(await _harness.QueuedAsync());
        Assert.Equal((DeliveryStatus.Delivered, 1), await StandsAsync());
    }

    [Fact]
    public async Task A_report_of_any_kind_shows_that_the_service_has_it()
    {
        Next(Fate.TakeAndBreak);
        await _harness.SubmitAsync(Email);
        await _harness.ReportAsync(Operation, "OutForDelivery", Product.Start);

        await _harness.SendAfterAsync(TimeSpan.FromHours(1));

        Assert.Single(_harness.Service.Taken);
        Assert.Equal((DeliveryStatus.Sent, 1), await StandsAsync());
    }

    [Fact]
    public async Task Email_in_doubt_is_sent_six_times_then_undelivered()
    {
        _harness.Service.Fate = _ => Fate.TakeAndBreak;
        var metrics = new CountedMetrics(_harness.Get<ProductMetrics>());
        await _harness.SubmitAsync(Email);
        for (var i = 0; i < 24 * 6; i++) await _harness.SendAfterAsync(TimeSpan.FromMinutes(10));

        Assert.Equal(EmailDelivery.MaxSendings, _harness.Service.Taken.Count);
        Assert.Contains("It may have arrived.", Assert.Single(await _harness.UndeliveredAsync()).Reason);
        Assert.Empty(await _harness.QueuedAsync());
        Assert.Equal(1, metrics["mappaflows.email.undelivered"]);
    }

    [Fact]
    public async Task A_report_that_comes_at_the_moment_of_giving_up_is_believed()
    {
        _harness.Service.Fate = _ => Fate.TakeAndBreak;
        await _harness.SubmitAsync(Email);
        while (_harness.Service.Taken.Count < EmailDelivery.MaxSendings) await _harness.SendAfterAsync(TimeSpan.FromMinutes(10));
        _harness.Store.BeforeNextCommit = () => _harness.ReportAsync(Operation, "Delivered", _harness.Time.GetUtcNow());

        await _harness.SendAfterAsync(TimeSpan.FromHours(6));

        Assert.Null(_harness.Store.BeforeNextCommit);
        Assert.Equal((DeliveryStatus.Delivered, EmailDelivery.MaxSendings), await StandsAsync());
        Assert.Empty(await _harness.UndeliveredAsync());
        Assert.Empty(await _harness.QueuedAsync());
    }

    [Fact]
    public async Task A_sender_that_died_while_handing_over_is_a_doubt_like_any_other()
    {
        var claimed = EmailDelivery.New(Product.Start).Claim(Product.Start);
        await new EmailDeliveryStore(_harness.Store).TryWriteAsync(Email, claimed, etag: null, CancellationToken.None);
        Assert.False(await _harness.SubmitAsync(Email));

        _harness.Time.Advance(TimeSpan.FromMinutes(5));
        Assert.True(await _harness.SubmitAsync(Email));
        Assert.Equal(0, _harness.Service.Requests);
        Assert.Contains("stopped before", Assert.Single(await _harness.QueuedAsync()).Reason);

        Assert.Equal(1, await _harness.SendAfterAsync(TimeSpan.FromMinutes(5)));
        Assert.Single(_harness.Service.Taken);
    }

    [Fact]
    public async Task A_throttled_repeat_does_not_end_the_doubt()
    {
        Next(Fate.TakeAndBreak, Fate.Say(new SendOutcome.Throttled("HTTP 429", TimeSpan.FromMinutes(6))));
        await _harness.SubmitAsync(Email);
        await _harness.SendAfterAsync(TimeSpan.FromSeconds(30));

        await _harness.SendAfterAsync(TimeSpan.FromMinutes(7));
        Assert.Equal(2, _harness.Service.Requests);
        await _harness.SendAfterAsync(TimeSpan.FromMinutes(3));

        Assert.Equal(3, _harness.Service.Requests);
        Assert.Equal((DeliveryStatus.Sent, 2), await StandsAsync());
    }

    [Fact]
    public async Task Rejected_email_is_undelivered_at_once()
    {
        Next(Fate.Say(new SendOutcome.Rejected("HTTP 400 InvalidRecipient")));

        Assert.True(await _harness.SubmitAsync(Email));

        Assert.Equal("The email service refused it: HTTP 400 InvalidRecipient.", Assert.Single(await _harness.UndeliveredAsync()).Reason);
    }

    private void Next(params Fate[] fates)
    {
        var next = new Queue<Fate>(fates);
        _harness.Service.Fate = _ => next.TryDequeue(out var fate) ? fate : Fate.Take;
    }

    private async Task<(DeliveryStatus Status, int Sendings)> StandsAsync()
    {
        var entry = (await new EmailDeliveryStore(_harness.Store).FindAsync(Email, CancellationToken.None))!.Entry;
        return (entry.Status, entry.Sendings);
    }
}
