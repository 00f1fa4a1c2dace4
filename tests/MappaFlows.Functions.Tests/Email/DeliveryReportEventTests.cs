using System.Text.Json;
using System.Text.Json.Nodes;
using MappaFlows.Functions.Email;
using MappaFlows.Workflows.Email;

namespace MappaFlows.Functions.Tests.Email;

public sealed class DeliveryReportEventTests
{
    private static JsonObject Event() => JsonNode.Parse("""
        {
          "id": "00000000-0000-0000-0000-000000000000",
          "subject": "sender/case-updates@example.test/message/5e1d0bd1-6d0f-4f0f-9d8e-000000000001",
          "eventType": "Microsoft.Communication.EmailDeliveryReportReceived",
          "eventTime": "2026-11-22T10:00:05Z",
          "dataVersion": "1.0",
          "data": {
            "sender": "case-updates@example.test",
            "recipient": "reader@example.test",
            "messageId": "5e1d0bd1-6d0f-4f0f-9d8e-000000000001",
            "status": "Bounced",
            "deliveryAttemptTimeStamp": "2026-11-22T10:00:00+00:00"
          }
        }
        """)!.AsObject();

    [Fact]
    public void A_report_says_which_email_and_what_became_of_it()
    {
        Assert.Equal(
            new DeliveryReport(new Guid("5e1d0bd1-6d0f-4f0f-9d8e-000000000001"), "Bounced", new DateTimeOffset(2026, 11, 22, 10, 0, 0, TimeSpan.Zero)),
            DeliveryReportEvent.Read(Event().ToJsonString()));
    }

    [Theory]
    [InlineData("messageId")]
    [InlineData("status")]
    [InlineData("deliveryAttemptTimeStamp")]
    public void A_report_that_lacks_a_part_is_refused_without_quoting_it(string part)
    {
        var report = Event();
        report["data"]!.AsObject().Remove(part);

        var refused = Assert.Throws<FormatException>(() => DeliveryReportEvent.Read(report.ToJsonString()));

        Assert.DoesNotContain("@", refused.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("reader@example.test")]
    public void Anything_else_is_refused(string message)
    {
        Assert.Throws<FormatException>(() => DeliveryReportEvent.Read(message));
    }

    [Fact]
    public void An_event_of_another_kind_is_refused()
    {
        var other = Event();
        other["eventType"] = "Microsoft.Communication.EmailEngagementTrackingReportReceived";

        Assert.Throws<FormatException>(() => DeliveryReportEvent.Read(other.ToJsonString()));
    }

    [Theory]
    [InlineData("messageId", "no id")]
    [InlineData("deliveryAttemptTimeStamp", "never")]
    public void A_report_with_a_part_that_cannot_be_read_is_refused(string part, string value)
    {
        var report = Event();
        report["data"]![part] = value;

        Assert.Throws<FormatException>(() => DeliveryReportEvent.Read(report.ToJsonString()));
    }
}
