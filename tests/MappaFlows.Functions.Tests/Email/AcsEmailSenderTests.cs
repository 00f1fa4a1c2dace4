using System.Text;
using Azure.Communication.Email;
using MappaFlows.Functions.Email;
using Microsoft.Extensions.Options;

namespace MappaFlows.Functions.Tests.Email;

public sealed class AcsEmailSenderTests : IAsyncLifetime
{
    static readonly Guid Operation = new("5e1d0bd1-6d0f-4f0f-9d8e-000000000001");
    static readonly OutgoingEmail Email = new("reader@example.test", "A decision is asked of you", "Reference M-1: https://site.test/d/1", "<p>Reference M-1</p>");

    FakeEmailService _service = null!;
    AcsEmailSender _sender = null!;

    public async ValueTask InitializeAsync()
    {
        _service = await FakeEmailService.StartAsync();
        _sender = new AcsEmailSender(
            new EmailClient(_service.ConnectionString, AcsEmailSender.ClientOptions()),
            Options.Create(new EmailOptions { Sender = "case-updates@example.test" }));
    }

    public ValueTask DisposeAsync() => _service.DisposeAsync();

    [Fact]
    public async Task An_email_is_handed_over_whole_under_its_operation_id()
    {
        var invitation = new OutgoingAttachment("meeting.ics", "text/calendar", Encoding.UTF8.GetBytes("BEGIN:VCALENDAR"));

        var outcome = await SendAsync(Email with { Attachments = [invitation] });

        Assert.Equal(SendAnswer.Accepted, outcome.Answer);
        var sent = _service.Accepted[Operation.ToString()];
        Assert.Equal("case-updates@example.test", sent.GetProperty("senderAddress").GetString());
        Assert.Equal("reader@example.test", sent.GetProperty("recipients").GetProperty("to")[0].GetProperty("address").GetString());
        Assert.Equal(Email.Subject, sent.GetProperty("content").GetProperty("subject").GetString());
        Assert.Equal(Email.PlainText, sent.GetProperty("content").GetProperty("plainText").GetString());
        Assert.Equal(Email.Html, sent.GetProperty("content").GetProperty("html").GetString());
        Assert.True(sent.GetProperty("userEngagementTrackingDisabled").GetBoolean());
        var attached = sent.GetProperty("attachments")[0];
        Assert.Equal("meeting.ics", attached.GetProperty("name").GetString());
        Assert.Equal("BEGIN:VCALENDAR", Encoding.UTF8.GetString(attached.GetProperty("contentInBase64").GetBytesFromBase64()));
    }

    [Fact]
    public async Task The_same_notification_twice_is_one_email()
    {
        Assert.Equal(SendAnswer.Accepted, (await SendAsync(Email)).Answer);
        Assert.Equal(SendAnswer.AcceptedBefore, (await SendAsync(Email)).Answer);

        Assert.Single(_service.Accepted);
    }

    [Fact]
    public async Task A_connection_that_breaks_after_acceptance_is_unknown_and_the_repeat_finds_out()
    {
        _service.DropOnceAfterAccepting();

        Assert.Equal(SendAnswer.Unknown, (await SendAsync(Email)).Answer);
        Assert.Equal(SendAnswer.AcceptedBefore, (await SendAsync(Email)).Answer);

        Assert.Single(_service.Accepted);
    }

    [Fact]
    public async Task A_limit_is_reported_at_once_with_the_wait_the_service_asks_for()
    {
        _service.AnswerOnce(429, ("Retry-After", "47"));

        var outcome = await SendAsync(Email);

        Assert.Equal(SendAnswer.Throttled, outcome.Answer);
        Assert.Equal(TimeSpan.FromSeconds(47), outcome.RetryAfter);
        Assert.Equal(1, _service.Requests);
        Assert.Empty(_service.Accepted);
    }

    [Fact]
    public async Task A_wait_given_as_a_date_counts_from_the_services_own_clock()
    {
        _service.AnswerOnce(429, ("Date", "Sun, 22 Nov 2026 10:00:00 GMT"), ("Retry-After", "Sun, 22 Nov 2026 10:02:00 GMT"));

        Assert.Equal(TimeSpan.FromMinutes(2), (await SendAsync(Email)).RetryAfter);
    }

    [Theory]
    [InlineData(409, SendAnswer.AcceptedBefore)]
    [InlineData(412, SendAnswer.AcceptedBefore)]
    [InlineData(408, SendAnswer.Unknown)]
    [InlineData(500, SendAnswer.Unknown)]
    [InlineData(503, SendAnswer.Unknown)]
    [InlineData(401, SendAnswer.NotAllowed)]
    [InlineData(403, SendAnswer.NotAllowed)]
    [InlineData(400, SendAnswer.Refused)]
    [InlineData(404, SendAnswer.Refused)]
    public async Task Each_status_has_its_meaning_and_is_asked_once(int status, SendAnswer answer)
    {
        _service.AnswerOnce(status);

        var outcome = await SendAsync(Email);

        Assert.Equal(answer, outcome.Answer);
        Assert.StartsWith($"HTTP {status}", outcome.Reason, StringComparison.Ordinal);
        Assert.Equal(1, _service.Requests);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(500)]
    public async Task A_reason_holds_no_address(int status)
    {
        _service.AnswerOnce(status);

        Assert.DoesNotContain("@", (await SendAsync(Email)).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_that_is_not_there_is_unknown()
    {
        await _service.DisposeAsync();

        Assert.Equal(SendAnswer.Unknown, (await SendAsync(Email)).Answer);
    }

    Task<SendOutcome> SendAsync(OutgoingEmail email) => _sender.SendAsync(email, Operation, TestContext.Current.CancellationToken);
}
