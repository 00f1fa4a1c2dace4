using System.Text;
using Azure;
using Azure.Communication.Email;
using Azure.Identity;
using MappaFlows.Workflows.Email;
using Microsoft.Extensions.Options;
using Moq;

namespace MappaFlows.Functions.Email.Tests;

public sealed class AcsEmailSenderTests : IAsyncLifetime
{
    private static readonly Guid Operation = new("5e1d0bd1-6d0f-4f0f-9d8e-000000000001");
    private static readonly OutgoingEmail Email = new("reader@example.test", "A decision is asked of you", "Reference M-1: https://site.test/d/1", ["https://site.test/d/1"], []);

    private FakeEmailService _service = null!;
    private AcsEmailTransport _sender = null!;

    public async ValueTask InitializeAsync()
    {
        _service = await FakeEmailService.StartAsync();
        _sender = Sender(new EmailClient(_service.ConnectionString, AcsEmailTransport.ClientOptions()));
    }

    public ValueTask DisposeAsync() => _service.DisposeAsync();

    [Fact]
    public async Task An_email_is_handed_over_whole_under_its_operation_id()
    {
        var invitation = new Workflows.Email.EmailAttachment("meeting.ics", "text/calendar; method=REQUEST", "BEGIN:VCALENDAR");

        var outcome = await SendAsync(Email with { Attachments = [invitation] });

        Assert.IsType<SendOutcome.Accepted>(outcome);

        // Nor is it asked afterwards what became of it: that is what delivery reports are for.
        var only = Assert.Single(_service.Requests);
        Assert.Equal(("POST", "/emails:send", Operation.ToString()), (only.Method, only.Path, only.OperationId));
        var sent = _service.Accepted[Operation.ToString()];
        Assert.Equal("case-updates@example.test", sent.GetProperty("senderAddress").GetString());
        Assert.Equal("reader@example.test", sent.GetProperty("recipients").GetProperty("to")[0].GetProperty("address").GetString());
        Assert.Equal(Email.Subject, sent.GetProperty("content").GetProperty("subject").GetString());
        Assert.Equal(Email.Text, sent.GetProperty("content").GetProperty("plainText").GetString());
        Assert.True(sent.GetProperty("userEngagementTrackingDisabled").GetBoolean());
        var attached = sent.GetProperty("attachments")[0];
        Assert.Equal("meeting.ics", attached.GetProperty("name").GetString());
        Assert.Equal("text/calendar; method=REQUEST", attached.GetProperty("contentType").GetString());
        Assert.Equal("BEGIN:VCALENDAR", Encoding.UTF8.GetString(attached.GetProperty("contentInBase64").GetBytesFromBase64()));
    }

    [Fact]
    public async Task What_the_client_itself_refuses_is_rejected_and_not_quoted()
    {
        var rejected = Assert.IsType<SendOutcome.Rejected>(await FailingAsync(new ArgumentException("reader@example.test is no address")));

        Assert.DoesNotContain("reader", rejected.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_identity_that_cannot_sign_in_stops_the_queue_and_loses_no_email()
    {
        Assert.IsType<SendOutcome.NotAllowed>(await FailingAsync(new CredentialUnavailableException("no identity here")));
    }

    [Fact]
    public async Task The_same_notification_twice_is_one_email()
    {
        Assert.IsType<SendOutcome.Accepted>(await SendAsync(Email));
        Assert.IsType<SendOutcome.AcceptedBefore>(await SendAsync(Email));

        Assert.Single(_service.Accepted);
    }

    [Fact]
    public async Task A_connection_that_breaks_after_acceptance_is_unknown_and_the_repeat_finds_out()
    {
        _service.DropOnceAfterAccepting();

        Assert.IsType<SendOutcome.Unknown>(await SendAsync(Email));
        Assert.IsType<SendOutcome.AcceptedBefore>(await SendAsync(Email));

        Assert.Single(_service.Accepted);
    }

    [Theory]
    [InlineData("")]
    [InlineData("<html>Accepted</html>")]
    [InlineData("""{"id":"5e1d0bd1-6d0f-4f0f-9d8e-000000000001","status":null}""")]
    public async Task Unreadable_answer_does_not_make_an_accepted_email_undelivered(string answer)
    {
        _service.AcceptOnceSaying(answer);

        Assert.Equal("The answer could not be read", Assert.IsType<SendOutcome.Unknown>(await SendAsync(Email)).Reason);
        Assert.IsType<SendOutcome.AcceptedBefore>(await SendAsync(Email));
    }

    [Fact]
    public async Task A_service_that_does_not_answer_in_time_is_unknown_and_not_asked_again()
    {
        _service.KeepSilentOnce();
        var impatient = AcsEmailTransport.ClientOptions();
        impatient.Retry.NetworkTimeout = TimeSpan.FromMilliseconds(100);

        Assert.IsType<SendOutcome.Unknown>(
            await Sender(new EmailClient(_service.ConnectionString, impatient)).SendAsync(Email, Operation,
                TestContext.Current.CancellationToken));
        Assert.Single(_service.Requests);
    }

    [Fact]
    public async Task Left_to_itself_the_client_would_post_again_under_the_same_operation_id()
    {
        _service.AnswerOnce(503);
        _service.AnswerOnce(429);
        var careless = new EmailClientOptions { Retry = { Delay = TimeSpan.FromMilliseconds(1) } };

        Assert.IsType<SendOutcome.Accepted>(
            await Sender(new EmailClient(_service.ConnectionString, careless)).SendAsync(Email, Operation,
                TestContext.Current.CancellationToken));

        Assert.Equal(
            [Operation.ToString(), Operation.ToString(), Operation.ToString()],
            _service.Requests.Select(request => request.OperationId));
    }

    [Fact]
    public async Task A_limit_is_reported_at_once_with_the_wait_the_service_asks_for()
    {
        _service.AnswerOnce(429, ("Retry-After", "47"));

        var throttled = Assert.IsType<SendOutcome.Throttled>(await SendAsync(Email));

        Assert.Equal(TimeSpan.FromSeconds(47), throttled.RetryAfter);
        Assert.Single(_service.Requests);
        Assert.Empty(_service.Accepted);
    }

    [Fact]
    public async Task A_wait_given_as_a_date_counts_from_the_services_own_clock()
    {
        _service.AnswerOnce(429, ("Date", "Sun, 22 Nov 2026 10:00:00 GMT"), ("Retry-After", "Sun, 22 Nov 2026 10:02:00 GMT"));

        Assert.Equal(TimeSpan.FromMinutes(2), Assert.IsType<SendOutcome.Throttled>(await SendAsync(Email)).RetryAfter);
    }

    [Theory]
    [InlineData(409, typeof(SendOutcome.AcceptedBefore))]
    [InlineData(412, typeof(SendOutcome.AcceptedBefore))]
    [InlineData(408, typeof(SendOutcome.Unknown))]
    [InlineData(500, typeof(SendOutcome.Unknown))]
    [InlineData(503, typeof(SendOutcome.Unknown))]
    [InlineData(401, typeof(SendOutcome.NotAllowed))]
    [InlineData(403, typeof(SendOutcome.NotAllowed))]
    [InlineData(400, typeof(SendOutcome.Rejected))]
    [InlineData(404, typeof(SendOutcome.Rejected))]
    public async Task Each_status_has_its_meaning_and_is_asked_once(int status, Type meaning)
    {
        _service.AnswerOnce(status);

        Assert.IsType(meaning, await SendAsync(Email));
        Assert.Single(_service.Requests);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(403)]
    [InlineData(429)]
    [InlineData(500)]
    public async Task A_reason_is_a_status_and_a_code_and_holds_no_address(int status)
    {
        _service.AnswerOnce(status);

        Assert.Equal($"HTTP {status} TestFault", Why(await SendAsync(Email)));
    }

    [Fact]
    public async Task A_service_that_is_not_there_is_unknown()
    {
        await _service.DisposeAsync();

        Assert.IsType<SendOutcome.Unknown>(await SendAsync(Email));
    }

    private static string? Why(SendOutcome outcome) => outcome switch
    {
        SendOutcome.Throttled throttled => throttled.Reason,
        SendOutcome.NotAllowed notAllowed => notAllowed.Reason,
        SendOutcome.Unknown unknown => unknown.Reason,
        SendOutcome.Rejected rejected => rejected.Reason,
        _ => null,
    };

    private Task<SendOutcome> SendAsync(OutgoingEmail email) => _sender.SendAsync(email, Operation, TestContext.Current.CancellationToken);

    private static Task<SendOutcome> FailingAsync(Exception failure)
    {
        var client = new Mock<EmailClient>();
        client.Setup(
            c => c.SendAsync(It.IsAny<WaitUntil>(), It.IsAny<EmailMessage>(), Operation,
                It.IsAny<CancellationToken>())).ThrowsAsync(failure);
        return Sender(client.Object).SendAsync(Email, Operation, TestContext.Current.CancellationToken);
    }

    private static AcsEmailTransport Sender(EmailClient client) => new(client, Options.Create(new EmailOptions { Sender = "case-updates@example.test" }));
}
