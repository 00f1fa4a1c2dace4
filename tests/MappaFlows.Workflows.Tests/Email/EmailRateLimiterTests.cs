using CsCheck;

namespace MappaFlows.Workflows.Tests.Email;

/// <summary>The service's limits are kept, whoever sends.</summary>
public sealed class EmailRateLimiterTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    [Fact]
    public async Task Two_senders_that_crash_never_send_more_in_a_minute_or_hour_than_the_service_takes_and_all_of_it_in_the_end() =>
        await Gen.Select(Gen.Int[0, int.MaxValue - 1], Gen.Select(Gen.Int[1, 40], Gen.Int[0, 240]).Array[1, 12]).SampleAsync(
            async (seed, steps) => await LiveThroughAsync(seed, steps),
            iter: 12,
            threads: 1);

    [Fact]
    public async Task The_thirty_first_email_of_a_minute_waits_and_says_why()
    {
        await using var harness = await EmailHarness.OpenAsync(EmailHarness.Usual);
        for (var number = 0; number < 6; number++) await harness.SubmitAsync(harness.Urgent(number));
        await harness.SubmitAsync(0, 24);
        Assert.Equal(30, harness.Service.Taken.Count);

        Assert.True(await harness.SubmitAsync(harness.Ordinary(24)));

        Assert.Equal(30, harness.Service.Taken.Count);
        Assert.Equal("The email service accepts no more emails in this minute.", Assert.Single(await harness.QueuedAsync()).Reason);
        Assert.Equal(1, await harness.SendAfterAsync(Minute + EmailDelivery.MaxHandover));
        Assert.Empty(await harness.QueuedAsync());
    }

    [Fact]
    public async Task A_minute_and_an_hour_are_filled_to_their_limits_and_no_further()
    {
        await using var harness = await EmailHarness.OpenAsync(EmailHarness.Usual);
        await harness.SubmitAsync(0, 150);
        for (var number = 0; number < 150; number++) await harness.SubmitAsync(harness.Urgent(number));

        for (var halfMinute = 0; halfMinute < 2 * 60 * 4; halfMinute++) await harness.SendAfterAsync(Minute / 2);

        Assert.Equal(300, harness.Service.Taken.Count);
        Assert.Equal((30, 100), (harness.Service.MostIn(Minute), harness.Service.MostIn(Hour)));
    }

    [Fact]
    public async Task The_limit_holds_over_a_restart()
    {
        await using var harness = await EmailHarness.OpenAsync(EmailHarness.Usual);
        await harness.SubmitAsync(0, 24);
        harness.Restart();

        await harness.SubmitAsync(24, 1);

        Assert.Equal(24, harness.Service.Requests);
        Assert.Equal(24, (await harness.RateLimiter.LookAsync()).InMinute(harness.Time.GetUtcNow()));
    }

    [Fact]
    public async Task Emails_are_sent_in_order()
    {
        await using var harness = await EmailHarness.OpenAsync(new(5, 100));
        await harness.SubmitAsync(0, 8);
        harness.Time.Advance(2 * Minute);
        await harness.SubmitAsync(8, 1);
        Assert.Equal(4, harness.Service.Taken.Count);

        await harness.SendAfterAsync(TimeSpan.Zero);

        Assert.Equal(Operations(harness, 0, 8), harness.Service.Taken.Select(taken => taken.Operation));
        Assert.Equal(harness.Ordinary(8), Assert.Single(await harness.QueuedAsync()).EmailRequest);
    }

    [Fact]
    public async Task Decision_requests_use_the_reserved_rate()
    {
        await using var harness = await EmailHarness.OpenAsync(EmailHarness.Usual);
        await harness.SubmitAsync(0, 40);
        Assert.Equal(24, harness.Service.Taken.Count);

        Assert.True(await harness.SubmitAsync(harness.Urgent(1)));

        Assert.Equal(SamplePeople.Chair.Email, harness.Service.Taken[^1].Email.To);
    }

    [Fact]
    public async Task Decision_requests_leave_a_share_for_other_emails()
    {
        await using var harness = await EmailHarness.OpenAsync(EmailHarness.Usual);
        for (var number = 0; number < 40; number++) await harness.SubmitAsync(harness.Urgent(number));
        Assert.Equal(24, harness.Service.Taken.Count);

        await harness.SubmitAsync(0, 10);

        Assert.Equal(6, harness.Service.Taken.Count(taken => taken.Email.To == SamplePeople.Coordinator.Email));
    }

    [Fact]
    public async Task A_carrier_without_limits_is_never_waited_for()
    {
        await using var harness = await EmailHarness.OpenAsync();

        await harness.SubmitAsync(0, 200);

        Assert.Equal(200, harness.Service.Taken.Count);
    }

    [Fact]
    public async Task An_email_that_goes_at_once_costs_eight_requests_to_the_store()
    {
        FaultyTableStore? store = null;
        await using var harness = await EmailHarness.OpenAsync(
            EmailHarness.Usual,
            inner => store = new(inner, FaultPlan.Of(_ => Fault.None)));
        await harness.SubmitAsync(0, 1);
        var before = store!.Calls;

        await harness.SubmitAsync(1, 1);

        Assert.Equal(8, store.Calls - before);
    }

    [Theory]
    [InlineData(0, 100)]
    [InlineData(30, 0)]
    [InlineData(30, EmailRateLimits.MaxPerHour + 1)]
    public void A_limit_that_cannot_be_kept_is_refused(int perMinute, int perHour) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new EmailRateLimits(perMinute, perHour));

    [Fact]
    public void The_greatest_limit_fits_into_its_row()
    {
        var state = RateLimitWindow.Fresh;
        for (var i = 0; i < EmailRateLimits.MaxPerHour; i++) state = state.Take(i % 2 == 0, Product.Start.AddTicks(i));

        var read = RateLimitWindow.Of(state.Properties());

        Assert.True(((byte[])state.Properties()["Slots"]).Length <= MappaFlows.Tables.TableLimits.PropertyBytes);
        Assert.Equal(EmailRateLimits.MaxPerHour, read.InHour(Product.Start));
        Assert.Equal(state.Ask(new(100, 100), true, Product.Start), read.Ask(new(100, 100), true, Product.Start));
    }

    private static IEnumerable<Guid> Operations(EmailHarness harness, int from, int count) =>
        Enumerable.Range(from, count).Select(number => EmailDelivery.New(default).OperationId(harness.Ordinary(number)));

    /// <summary>
    /// Two senders hand in and send at the same time, with a store and a service that fail now and then; then the storm is over.
    /// </summary>
    private static async Task LiveThroughAsync(int seed, (int New, int Seconds)[] steps)
    {
        var luck = new Random(seed);
        FaultyTableStore? store = null;
        await using var harness = await EmailHarness.OpenAsync(
            EmailHarness.Usual,
            inner => store = new(inner, FaultPlan.Seeded(seed, new Dictionary<Fault,
                double>
            { [Fault.FailBefore] = 0.01, [Fault.FailAfter] = 0.02, [Fault.Double] = 0.01 })));
        var isStorm = true;
        harness.Service.Fate = _ => !isStorm ? Fate.Take : luck.Next(12) switch
        {
            0 => Fate.TakeAndBreak,
            1 => Fate.Break,
            _ => Fate.Take,
        };
        EmailSender[] senders = [harness.Sender, harness.Restart()];
        var outbox = new List<EmailRequest>();
        var all = new List<EmailRequest>();
        foreach (var (more, seconds) in steps)
        {
            var begun = Enumerable.Range(all.Count, more)
                .Select(number => number % 2 == 0 ? harness.Urgent(number) : harness.Ordinary(number))
                .ToList();
            all.AddRange(begun);
            outbox.AddRange(begun);
            await RunAsync();
            harness.Time.Advance(TimeSpan.FromSeconds(seconds));
        }

        (isStorm, store!.Enabled) = (false, false);
        for (var round = 0; outbox.Count > 0 || (await harness.QueuedAsync()).Count > 0; round++)
        {
            Assert.True(round < 500, "Something waits for ever.");
            harness.Time.Advance(TimeSpan.FromMinutes(1));
            await RunAsync();
        }

        Assert.Empty(await harness.UndeliveredAsync());
        Assert.Equal(
            all.Select(notification => EmailDelivery.New(default).OperationId(notification)).ToHashSet(),
            harness.Service.Taken.Select(email => email.Operation).ToHashSet());
        Assert.InRange(harness.Service.MostIn(Minute), 0, 30);
        Assert.InRange(harness.Service.MostIn(Hour), 0, 100);

        async Task RunAsync()
        {
            var done = await Task.WhenAll(senders.Select(async sender =>
            {
                var settled = new List<EmailRequest>();
                foreach (var notification in outbox.ToList())
                {
                    if (await TryAsync(async () => await sender.SubmitAsync(notification, CancellationToken.None) != SubmitResult.Again))
                        settled.Add(notification);
                }

                await TryAsync(async () => (await sender.SendQueuedAsync(500)).Failed == 0);
                return settled;
            }));
            outbox.RemoveAll(notification => done.Any(settled => settled.Contains(notification)));
        }

        // What the store makes fail is what a crash leaves: the outbox keeps the item, and the ledger the claim.
        static async Task<bool> TryAsync(Func<Task<bool>> act)
        {
            try
            {
                return await act();
            }
            catch (MappaFlows.Tables.TableUnavailableException)
            {
                return false;
            }
        }
    }
}
