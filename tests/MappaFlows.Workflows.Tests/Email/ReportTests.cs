using CsCheck;

namespace MappaFlows.Workflows.Tests.Email;

/// <summary>Reports repeat, come in any order, and some are of emails that are not ours.</summary>
public sealed class ReportTests : IAsyncLifetime
{
    private static readonly string[] Statuses = ["Delivered", "Expanded", "Bounced", "Suppressed", "Quarantined", "FilteredSpam", "Failed", "SomethingNew"];

    private EmailHarness _harness = null!;
    private CountedMetrics _metrics = null!;

    private EmailRequest Email => _harness.Ordinary(1);

    private Guid Operation => EmailDelivery.New(default).OperationId(Email);

    private long Undelivered => _metrics["mappaflows.email.undelivered"];

    public async ValueTask InitializeAsync()
    {
        _harness = await EmailHarness.OpenAsync();
        _metrics = new(_harness.Get<ProductMetrics>());
    }

    public ValueTask DisposeAsync()
    {
        _metrics.Dispose();
        return _harness.DisposeAsync();
    }

    [Theory]
    [InlineData("Bounced", "sent it back")]
    [InlineData("Suppressed", "no longer sends to this address")]
    [InlineData("Quarantined", "dangerous")]
    [InlineData("FilteredSpam", "spam")]
    [InlineData("Failed", "could not deliver")]
    public async Task Failed_delivery_report_makes_one_undelivered_email(string status, string reason)
    {
        await _harness.SubmitAsync(Email);

        for (var i = 0; i < 3; i++) await _harness.ReportAsync(Operation, status, At(1));

        Assert.Contains(reason, Assert.Single(await _harness.UndeliveredAsync()).Reason);
        Assert.Equal(1, Undelivered);
    }

    [Fact]
    public async Task Duplicate_delivery_report_counts_once()
    {
        await _harness.SubmitAsync(Email);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => _harness.ReportAsync(Operation, "Bounced", At(1))));

        Assert.Single(await _harness.UndeliveredAsync());
        Assert.Equal(1, Undelivered);
    }

    [Fact]
    public async Task An_email_that_arrived_is_recorded_so()
    {
        await _harness.SubmitAsync(Email);

        await _harness.ReportAsync(Operation, "Delivered", At(1));

        Assert.Equal(DeliveryStatus.Delivered, (await EntryAsync()).Status);
        Assert.Empty(await _harness.UndeliveredAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_bounce_after_a_delivery_counts_in_either_order(bool inOrder)
    {
        await _harness.SubmitAsync(Email);

        await ReportBothAsync(("Delivered", At(1)), ("Bounced", At(2)), inOrder);

        Assert.Single(await _harness.UndeliveredAsync());
        Assert.Equal(1, Undelivered);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_delivery_at_a_later_attempt_takes_the_undelivered_email_back_in_either_order(bool inOrder)
    {
        await _harness.SubmitAsync(Email);

        await ReportBothAsync(("Failed", At(1)), ("Delivered", At(2)), inOrder);

        Assert.Empty(await _harness.UndeliveredAsync());
        Assert.Equal(DeliveryStatus.Delivered, (await EntryAsync()).Status);
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
        _harness.Service.Fate = operation =>
        {
            _harness.ReportAsync(operation, "Bounced", At(0)).GetAwaiter().GetResult();
            return Fate.Take;
        };

        Assert.True(await _harness.SubmitAsync(Email));

        Assert.Equal(DeliveryStatus.Undelivered, (await EntryAsync()).Status);
        Assert.Single(await _harness.UndeliveredAsync());
        Assert.Equal(1, Undelivered);
    }

    [Fact]
    public async Task A_report_of_an_email_that_is_not_ours_changes_nothing()
    {
        await _harness.ReportAsync(Guid.NewGuid(), "Bounced", At(0));

        Assert.Empty(await _harness.UndeliveredAsync());
        Assert.Equal(0, Undelivered);
    }

    [Fact]
    public async Task Another_try_is_another_operation_and_a_late_report_of_the_first_says_nothing_of_it()
    {
        await _harness.SubmitAsync(Email);
        await _harness.ReportAsync(Operation, "Bounced", At(1));

        Assert.Equal(RetryOutcome.Sent, await _harness.Get<UndeliveredEmails>().RetryAsync(Email.Id));
        Assert.Equal(2, _harness.Service.Taken.Select(taken => taken.Operation).Distinct().Count());
        await _harness.ReportAsync(Operation, "Bounced", At(2));
        Assert.Empty(await _harness.UndeliveredAsync());

        await _harness.ReportAsync(_harness.Service.Taken[^1].Operation, "Bounced", At(3));
        Assert.Single(await _harness.UndeliveredAsync());
        Assert.Equal(2, Undelivered);
    }

    [Fact]
    public async Task A_crash_between_the_delivery_and_the_undelivered_email_is_fixed_when_the_report_comes_again()
    {
        await _harness.SubmitAsync(Email);
        await _harness.ReportAsync(Operation, "Bounced", At(1));
        await new UndeliveredEmailStore(_harness.Store, TestRows.New()).RemoveAsync(Email.Id, CancellationToken.None);

        await _harness.ReportAsync(Operation, "Bounced", At(1));

        Assert.Single(await _harness.UndeliveredAsync());
        Assert.Equal(1, Undelivered);
    }

    private static DateTimeOffset At(int minute) => Product.Start.AddMinutes(minute);

    private static DeliveryStatus End(IEnumerable<DeliveryReport> reports)
    {
        var sent = EmailDelivery.New(Product.Start).Claim(Product.Start).Settle(DeliveryStatus.Sent, null, Product.Start);
        return reports.Aggregate(sent, (entry, report) => entry.Reported(report, Product.Start) ?? entry).Status;
    }

    private async Task ReportBothAsync((string Status, DateTimeOffset At) first, (string Status, DateTimeOffset At) second, bool inOrder)
    {
        var (earlier, later) = inOrder ? (first, second) : (second, first);
        await _harness.ReportAsync(Operation, earlier.Status, earlier.At);
        await _harness.ReportAsync(Operation, later.Status, later.At);
    }

    private async Task<EmailDelivery> EntryAsync() =>
        (await new EmailDeliveryStore(_harness.Store).FindAsync(Email, CancellationToken.None))!.Entry;
}
