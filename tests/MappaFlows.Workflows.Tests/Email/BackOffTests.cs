
namespace MappaFlows.Workflows.Tests.Email;

/// <summary>A carrier that lets nothing through is left alone, by everybody, for as long as it asks.</summary>
public sealed class BackOffTests : IAsyncLifetime
{
    private EmailHarness _harness = null!;

    public async ValueTask InitializeAsync() => _harness = await EmailHarness.OpenAsync(EmailHarness.Usual);

    public ValueTask DisposeAsync() => _harness.DisposeAsync();

    [Fact]
    public async Task After_a_429_no_email_is_handed_over_until_the_time_that_the_service_asked_for()
    {
        Answer(new SendOutcome.Throttled("HTTP 429 TooManyRequests", TimeSpan.FromSeconds(47)));
        await _harness.SubmitAsync(0, 3);
        await _harness.SubmitAsync(_harness.Urgent(3));
        Assert.Equal(1, _harness.Service.Requests);

        Answer(null);
        await _harness.SendAfterAsync(TimeSpan.FromSeconds(46));
        Assert.Equal(1, _harness.Service.Requests);
        await _harness.SendAfterAsync(TimeSpan.FromSeconds(1));
        Assert.Equal(4, _harness.Service.Taken.Count);
    }

    [Fact]
    public async Task Another_instance_and_a_restarted_one_wait_as_well()
    {
        Answer(new SendOutcome.Throttled("HTTP 429", TimeSpan.FromMinutes(3)));
        await _harness.SubmitAsync(0, 1);
        Answer(null);
        _harness.Restart();

        await _harness.SubmitAsync(1, 1);

        Assert.Equal(1, _harness.Service.Requests);
        Assert.Equal(2, await _harness.SendAfterAsync(TimeSpan.FromMinutes(3)));
    }

    [Fact]
    public async Task Without_a_word_on_how_long_the_wait_doubles_up_to_a_quarter_of_an_hour()
    {
        Answer(new SendOutcome.Throttled("HTTP 429"));
        await _harness.SubmitAsync(0, 1);
        var waits = new List<double>();
        for (var i = 0; i < 8; i++)
        {
            var wait = (await _harness.RateLimiter.LookAsync()).PausedUntil!.Value - _harness.Time.GetUtcNow();
            waits.Add(wait.TotalSeconds);
            await _harness.SendAfterAsync(wait);
        }

        Assert.Equal([30, 60, 120, 240, 480, 900, 900, 900], waits);
        Assert.Equal(9, _harness.Service.Requests);
    }

    [Fact]
    public async Task The_first_email_that_is_taken_ends_the_waiting_and_the_doubling()
    {
        Answer(new SendOutcome.Throttled("HTTP 429"));
        await _harness.SubmitAsync(0, 1);
        await _harness.SendAfterAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(2, (await _harness.RateLimiter.LookAsync()).Refusals);

        Answer(null);
        Assert.Equal(1, await _harness.SendAfterAsync(TimeSpan.FromMinutes(1)));

        var state = await _harness.RateLimiter.LookAsync();
        Assert.Equal((0, null, null), (state.Refusals, state.PausedSince, state.PauseReason));
    }

    [Fact]
    public async Task What_waits_says_since_when_and_why()
    {
        Answer(new SendOutcome.Throttled("HTTP 429 TooManyRequests", TimeSpan.FromMinutes(5)));
        await _harness.SubmitAsync(0, 2);

        var waiting = await _harness.QueuedAsync();

        Assert.Equal(2, waiting.Count);
        Assert.All(waiting, letter => Assert.Equal("The email service accepts nothing: HTTP 429 TooManyRequests.", letter.Reason));
        Assert.All(waiting, letter => Assert.Equal(Product.Start, letter.Since));
        Assert.Equal(
            Product.Start.AddMinutes(5),
            (await _harness.RateLimiter.LookAsync()).Ask(EmailHarness.Usual, isUrgent: false, Product.Start).Until);
    }

    [Fact]
    public async Task A_role_that_is_not_given_yet_stops_the_queue_and_costs_no_email()
    {
        Answer(new SendOutcome.NotAllowed("HTTP 403"));
        await _harness.SubmitAsync(0, 5);
        for (var i = 0; i < 20; i++) await _harness.SendAfterAsync(TimeSpan.FromMinutes(20));
        Assert.Equal(21, _harness.Service.Requests);

        Answer(null);
        Assert.Equal(5, await _harness.SendAfterAsync(TimeSpan.FromMinutes(20)));
    }

    [Fact]
    public async Task Email_blocked_for_three_days_is_undelivered()
    {
        Answer(new SendOutcome.NotAllowed("HTTP 403"));
        await _harness.SubmitAsync(0, 1);
        await _harness.SendAfterAsync(TimeSpan.FromDays(3));
        Assert.Empty(await _harness.UndeliveredAsync());

        await _harness.SendAfterAsync(TimeSpan.FromHours(1));

        Assert.Contains("HTTP 403", Assert.Single(await _harness.UndeliveredAsync()).Reason);
        Assert.Empty(await _harness.QueuedAsync());
    }

    [Fact]
    public async Task An_email_that_waited_for_days_is_not_given_up_for_one_refusal()
    {
        Answer(new SendOutcome.Throttled("HTTP 429", TimeSpan.FromMinutes(1)));
        await _harness.SubmitAsync(0, 2);
        Answer(null);
        Assert.Equal(2, await _harness.SendAfterAsync(TimeSpan.FromMinutes(1)));
        var old = new QueuedEmail(_harness.Ordinary(9), Product.Start, Product.Start, "Other emails are ahead of it.", IsUrgent: false);
        await new EmailQueue(_harness.Store, TestRows.New()).PutAsync(old, former: null, CancellationToken.None);
        await new EmailDeliveryStore(_harness.Store).TryWriteAsync(
            old.EmailRequest,
            EmailDelivery.New(Product.Start),
            etag: null,
            CancellationToken.None);

        Answer(new SendOutcome.Throttled("HTTP 429", TimeSpan.FromMinutes(1)));
        await _harness.SendAfterAsync(TimeSpan.FromDays(5));

        Assert.Empty(await _harness.UndeliveredAsync());
        Assert.Single(await _harness.QueuedAsync());
    }

    private void Answer(SendOutcome? outcome) => _harness.Service.Fate = _ => outcome is null ? Fate.Take : Fate.Say(outcome);
}
