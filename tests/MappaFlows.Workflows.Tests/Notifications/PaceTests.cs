using CsCheck;
using MappaFlows.Testing.Tables;
using MappaFlows.Workflows.Notifications;

namespace MappaFlows.Workflows.Tests.Notifications;

/// <summary>The service's limits are kept, whoever sends.</summary>
public sealed class PaceTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    [Fact]
    public async Task Never_more_goes_in_any_minute_or_hour_than_the_service_takes_over_crashes_and_two_senders_and_in_the_end_all_of_it_went() =>
        await Gen.Select(Gen.Int[0, int.MaxValue - 1], Gen.Select(Gen.Int[1, 40], Gen.Int[0, 240]).Array[1, 12]).SampleAsync(
            async (seed, steps) => await LiveThroughAsync(seed, steps),
            iter: 12,
            threads: 1);

    [Fact]
    public async Task The_thirty_first_email_of_a_minute_waits_and_says_why()
    {
        await using var mailroom = await Mailroom.OpenAsync(Mailroom.Usual);
        for (var number = 0; number < 6; number++) await mailroom.HandInAsync(mailroom.Urgent(number));
        await mailroom.HandInAsync(0, 24);
        Assert.Equal(30, mailroom.Service.Taken.Count);

        Assert.True(await mailroom.HandInAsync(mailroom.Ordinary(24)));

        Assert.Equal(30, mailroom.Service.Taken.Count);
        Assert.Equal("As many emails have gone as the service takes in a minute.", Assert.Single(await mailroom.WaitingAsync()).Why);
        Assert.Equal(1, await mailroom.SendAfterAsync(Minute + LedgerEntry.LongestHandover));
        Assert.Empty(await mailroom.WaitingAsync());
    }

    [Fact]
    public async Task A_minute_and_an_hour_are_filled_to_their_limits_and_no_further()
    {
        await using var mailroom = await Mailroom.OpenAsync(Mailroom.Usual);
        await mailroom.HandInAsync(0, 150);
        for (var number = 0; number < 150; number++) await mailroom.HandInAsync(mailroom.Urgent(number));

        for (var halfMinute = 0; halfMinute < 2 * 60 * 4; halfMinute++) await mailroom.SendAfterAsync(Minute / 2);

        Assert.Equal(300, mailroom.Service.Taken.Count);
        Assert.Equal((30, 100), (mailroom.Service.MostIn(Minute), mailroom.Service.MostIn(Hour)));
    }

    [Fact]
    public async Task The_limit_holds_over_a_restart()
    {
        await using var mailroom = await Mailroom.OpenAsync(Mailroom.Usual);
        await mailroom.HandInAsync(0, 24);
        mailroom.Restart();

        await mailroom.HandInAsync(24, 1);

        Assert.Equal(24, mailroom.Service.Requests);
        Assert.Equal(24, (await mailroom.Pace.LookAsync()).InMinute(mailroom.Time.GetUtcNow()));
    }

    [Fact]
    public async Task Who_comes_later_does_not_overtake_who_waits()
    {
        await using var mailroom = await Mailroom.OpenAsync(new(5, 100));
        await mailroom.HandInAsync(0, 8);
        mailroom.Time.Advance(2 * Minute);
        await mailroom.HandInAsync(8, 1);
        Assert.Equal(4, mailroom.Service.Taken.Count);

        await mailroom.SendAfterAsync(TimeSpan.Zero);

        Assert.Equal(Operations(mailroom, 0, 8), mailroom.Service.Taken.Select(taken => taken.Operation));
        Assert.Equal(mailroom.Ordinary(8), Assert.Single(await mailroom.WaitingAsync()).Notification);
    }

    [Fact]
    public async Task What_asks_for_a_decision_goes_at_once_when_only_its_own_part_is_left()
    {
        await using var mailroom = await Mailroom.OpenAsync(Mailroom.Usual);
        await mailroom.HandInAsync(0, 40);
        Assert.Equal(24, mailroom.Service.Taken.Count);

        Assert.True(await mailroom.HandInAsync(mailroom.Urgent(1)));

        Assert.Equal(Team.Chair.Email, mailroom.Service.Taken[^1].Email.To);
    }

    [Fact]
    public async Task Decisions_however_many_leave_the_others_their_part()
    {
        await using var mailroom = await Mailroom.OpenAsync(Mailroom.Usual);
        for (var number = 0; number < 40; number++) await mailroom.HandInAsync(mailroom.Urgent(number));
        Assert.Equal(24, mailroom.Service.Taken.Count);

        await mailroom.HandInAsync(0, 10);

        Assert.Equal(6, mailroom.Service.Taken.Count(taken => taken.Email.To == Team.Coordinator.Email));
    }

    [Fact]
    public async Task A_carrier_without_limits_is_never_waited_for()
    {
        await using var mailroom = await Mailroom.OpenAsync();

        await mailroom.HandInAsync(0, 200);

        Assert.Equal(200, mailroom.Service.Taken.Count);
    }

    [Fact]
    public async Task An_email_that_goes_at_once_costs_eight_requests_to_the_store()
    {
        FaultyTableStore? store = null;
        await using var mailroom = await Mailroom.OpenAsync(Mailroom.Usual, inner => store = new(inner, FaultPlan.Of(_ => Fault.None)));
        await mailroom.HandInAsync(0, 1);
        var before = store!.Calls;

        await mailroom.HandInAsync(1, 1);

        Assert.Equal(8, store.Calls - before);
    }

    [Theory]
    [InlineData(0, 100)]
    [InlineData(30, 0)]
    [InlineData(30, MailLimits.Most + 1)]
    public void A_limit_that_cannot_be_kept_is_refused(int perMinute, int perHour) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new MailLimits(perMinute, perHour));

    [Fact]
    public void The_greatest_limit_fits_into_its_row()
    {
        var state = PaceState.Fresh;
        for (var i = 0; i < MailLimits.Most; i++) state = state.Take(i % 2 == 0, Product.Start.AddTicks(i));

        var read = PaceState.Of(state.Properties());

        Assert.True(((byte[])state.Properties()["Slots"]).Length <= MappaFlows.Tables.TableLimits.PropertyBytes);
        Assert.Equal(MailLimits.Most, read.InHour(Product.Start));
        Assert.Equal(state.Ask(new(100, 100), true, Product.Start), read.Ask(new(100, 100), true, Product.Start));
    }

    private static IEnumerable<Guid> Operations(Mailroom mailroom, int from, int count) =>
        Enumerable.Range(from, count).Select(number => LedgerEntry.New(default).OperationId(mailroom.Ordinary(number)));

    /// <summary>Two senders hand in and send at the same time, with a store and a service that fail now and then; then the storm is over.</summary>
    private static async Task LiveThroughAsync(int seed, (int New, int Seconds)[] steps)
    {
        var luck = new Random(seed);
        FaultyTableStore? store = null;
        await using var mailroom = await Mailroom.OpenAsync(Mailroom.Usual, inner => store = new(inner, FaultPlan.Seeded(seed, new Dictionary<Fault, double> { [Fault.FailBefore] = 0.01, [Fault.FailAfter] = 0.02, [Fault.Double] = 0.01 })));
        var isStorm = true;
        mailroom.Service.Fate = _ => !isStorm ? Fate.Take : luck.Next(12) switch
        {
            0 => Fate.TakeAndBreak,
            1 => Fate.Break,
            _ => Fate.Take,
        };
        PostOffice[] senders = [mailroom.Office, mailroom.Restart()];
        var outbox = new List<Notification>();
        var all = new List<Notification>();
        foreach (var (more, seconds) in steps)
        {
            var begun = Enumerable.Range(all.Count, more).Select(number => number % 2 == 0 ? mailroom.Urgent(number) : mailroom.Ordinary(number)).ToList();
            all.AddRange(begun);
            outbox.AddRange(begun);
            await RunAsync();
            mailroom.Time.Advance(TimeSpan.FromSeconds(seconds));
        }

        (isStorm, store!.Enabled) = (false, false);
        for (var round = 0; outbox.Count > 0 || (await mailroom.WaitingAsync()).Count > 0; round++)
        {
            Assert.True(round < 500, "Something waits for ever.");
            mailroom.Time.Advance(TimeSpan.FromMinutes(1));
            await RunAsync();
        }

        Assert.Empty(await mailroom.DeadLettersAsync());
        Assert.Equal(
            all.Select(notification => LedgerEntry.New(default).OperationId(notification)).ToHashSet(),
            mailroom.Service.Taken.Select(email => email.Operation).ToHashSet());
        Assert.InRange(mailroom.Service.MostIn(Minute), 0, 30);
        Assert.InRange(mailroom.Service.MostIn(Hour), 0, 100);

        async Task RunAsync()
        {
            var done = await Task.WhenAll(senders.Select(async sender =>
            {
                var settled = new List<Notification>();
                foreach (var notification in outbox.ToList())
                {
                    if (await TryAsync(async () => await sender.HandInAsync(notification, CancellationToken.None) != HandIn.Again)) settled.Add(notification);
                }

                await TryAsync(async () => (await sender.SendWaitingAsync(500)).Failed == 0);
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
