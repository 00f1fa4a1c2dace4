using CsCheck;
using MappaFlows.Workflows.Notifications;

namespace MappaFlows.Workflows.Tests.Notifications;

/// <summary>Reports repeat, come in any order, and some are of emails that are not ours.</summary>
public sealed class ReportTests : IAsyncLifetime
{
    private static readonly string[] Statuses = ["Delivered", "Expanded", "Bounced", "Suppressed", "Quarantined", "FilteredSpam", "Failed", "SomethingNew"];

    private Mailroom _mailroom = null!;
    private CountedMetrics _metrics = null!;

    private Notification Email => _mailroom.Ordinary(1);

    private Guid Operation => LedgerEntry.New(default).OperationId(Email);

    private long Dead => _metrics["mappaflows.email.dead_letters"];

    public async ValueTask InitializeAsync()
    {
        _mailroom = await Mailroom.OpenAsync();
        _metrics = new(_mailroom.Get<ProductMetrics>());
    }

    public ValueTask DisposeAsync()
    {
        _metrics.Dispose();
        return _mailroom.DisposeAsync();
    }

    [Theory]
    [InlineData("Bounced", "sent it back")]
    [InlineData("Suppressed", "no longer sends to this address")]
    [InlineData("Quarantined", "dangerous")]
    [InlineData("FilteredSpam", "spam")]
    [InlineData("Failed", "could not deliver")]
    public async Task An_email_that_did_not_arrive_is_a_dead_letter_once_with_its_reason(string status, string reason)
    {
        await _mailroom.HandInAsync(Email);

        for (var i = 0; i < 3; i++) await _mailroom.ReportAsync(Operation, status, At(1));

        Assert.Contains(reason, Assert.Single(await _mailroom.DeadLettersAsync()).Why);
        Assert.Equal(1, Dead);
    }

    [Fact]
    public async Task The_same_report_at_two_instances_at_once_is_one_dead_letter_and_counts_once()
    {
        await _mailroom.HandInAsync(Email);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => _mailroom.ReportAsync(Operation, "Bounced", At(1))));

        Assert.Single(await _mailroom.DeadLettersAsync());
        Assert.Equal(1, Dead);
    }

    [Fact]
    public async Task An_email_that_arrived_is_recorded_so()
    {
        await _mailroom.HandInAsync(Email);

        await _mailroom.ReportAsync(Operation, "Delivered", At(1));

        Assert.Equal(PostStatus.Delivered, (await EntryAsync()).Status);
        Assert.Empty(await _mailroom.DeadLettersAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_bounce_after_a_delivery_counts_in_either_order(bool inOrder)
    {
        await _mailroom.HandInAsync(Email);

        await ReportBothAsync(("Delivered", At(1)), ("Bounced", At(2)), inOrder);

        Assert.Single(await _mailroom.DeadLettersAsync());
        Assert.Equal(1, Dead);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_delivery_at_a_later_attempt_takes_the_dead_letter_back_in_either_order(bool inOrder)
    {
        await _mailroom.HandInAsync(Email);

        await ReportBothAsync(("Failed", At(1)), ("Delivered", At(2)), inOrder);

        Assert.Empty(await _mailroom.DeadLettersAsync());
        Assert.Equal(PostStatus.Delivered, (await EntryAsync()).Status);
    }

    [Fact]
    public void In_whatever_order_and_however_often_reports_come_the_end_is_the_same() =>
        Gen.Select(Gen.Int[0, 3], Gen.Int[0, Statuses.Length - 1])
            .Select((minute, status) => new DeliveryReport(Guid.Empty, Statuses[status], At(minute)))
            .Array[1, 8]
            .SelectMany(reports => Gen.Shuffle(reports.Concat(reports.Take(3)).ToArray()).Select(shuffled => (reports, shuffled)))
            .Sample(
                both => Assert.Equal(End(both.reports), End(both.shuffled)),
                print: both => string.Join(", ", both.shuffled.Select(report => $"{report.Status} {report.At:mm}")));

    [Fact]
    public async Task A_report_that_comes_before_the_answer_to_the_sending_stands()
    {
        _mailroom.Service.Fate = operation =>
        {
            _mailroom.ReportAsync(operation, "Bounced", At(0)).GetAwaiter().GetResult();
            return Fate.Take;
        };

        Assert.True(await _mailroom.HandInAsync(Email));

        Assert.Equal(PostStatus.Dead, (await EntryAsync()).Status);
        Assert.Single(await _mailroom.DeadLettersAsync());
        Assert.Equal(1, Dead);
    }

    [Fact]
    public async Task A_report_of_an_email_that_is_not_ours_changes_nothing()
    {
        await _mailroom.ReportAsync(Guid.NewGuid(), "Bounced", At(0));

        Assert.Empty(await _mailroom.DeadLettersAsync());
        Assert.Equal(0, Dead);
    }

    [Fact]
    public async Task Another_try_is_another_operation_and_a_late_report_of_the_first_says_nothing_of_it()
    {
        await _mailroom.HandInAsync(Email);
        await _mailroom.ReportAsync(Operation, "Bounced", At(1));

        Assert.Equal(RetryOutcome.Sent, await _mailroom.Office.RetryAsync(Email.Id));
        Assert.Equal(2, _mailroom.Service.Taken.Select(taken => taken.Operation).Distinct().Count());
        await _mailroom.ReportAsync(Operation, "Bounced", At(2));
        Assert.Empty(await _mailroom.DeadLettersAsync());

        await _mailroom.ReportAsync(_mailroom.Service.Taken[^1].Operation, "Bounced", At(3));
        Assert.Single(await _mailroom.DeadLettersAsync());
        Assert.Equal(2, Dead);
    }

    [Fact]
    public async Task A_crash_between_the_ledger_and_the_dead_letter_is_mended_when_the_report_comes_again()
    {
        await _mailroom.HandInAsync(Email);
        await _mailroom.ReportAsync(Operation, "Bounced", At(1));
        await new DeadLetters(_mailroom.Store).RemoveAsync(Email.Id, CancellationToken.None);

        await _mailroom.ReportAsync(Operation, "Bounced", At(1));

        Assert.Single(await _mailroom.DeadLettersAsync());
        Assert.Equal(1, Dead);
    }

    private static DateTimeOffset At(int minute) => Product.Start.AddMinutes(minute);

    private static PostStatus End(IEnumerable<DeliveryReport> reports)
    {
        var sent = LedgerEntry.New(Product.Start).Claim(Product.Start).Settle(PostStatus.Sent, null, Product.Start);
        return reports.Aggregate(sent, (entry, report) => entry.Reported(report, Product.Start) ?? entry).Status;
    }

    private async Task ReportBothAsync((string Status, DateTimeOffset At) first, (string Status, DateTimeOffset At) second, bool inOrder)
    {
        var (earlier, later) = inOrder ? (first, second) : (second, first);
        await _mailroom.ReportAsync(Operation, earlier.Status, earlier.At);
        await _mailroom.ReportAsync(Operation, later.Status, later.At);
    }

    private async Task<LedgerEntry> EntryAsync() => (await new PostLedger(_mailroom.Store).FindAsync(Email, CancellationToken.None))!.Entry;
}
