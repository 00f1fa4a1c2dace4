using System.Text.Json;
using System.Text.Json.Nodes;

namespace MappaFlows.Workflows.Tests.Email;

public sealed class DeliveryReportTests
{
    private static JsonObject Event() => JsonNode.Parse("""
        {
          "id": "00000000-0000-0000-0000-000000000000",
          "subject": "sender/case-updates@example.test/message/5e1d0bd1-6d0f-4f0f-9d8e-000000000001",
          "eventType": "Microsoft.Communication.EmailDeliveryReportReceived",
          "eventTime": "2026-11-22T10:00:05Z",
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
            DeliveryReport.Parse(Event().ToJsonString()));
    }

    [Theory]
    [InlineData("messageId")]
    [InlineData("status")]
    [InlineData("deliveryAttemptTimeStamp")]
    public void A_report_that_lacks_a_part_is_refused_without_quoting_it(string part)
    {
        var report = Event();
        report["data"]!.AsObject().Remove(part);

        var refused = Assert.Throws<FormatException>(() => DeliveryReport.Parse(report.ToJsonString()));

        Assert.DoesNotContain("@", refused.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("reader@example.test")]
    [InlineData("""{"eventType":"Microsoft.Communication.EmailEngagementTrackingReportReceived","data":{}}""")]
    [InlineData("""{"eventType":"Microsoft.Communication.EmailDeliveryReportReceived","data":{"messageId":"no id","status":"x","deliveryAttemptTimeStamp":"never"}}""")]
    public void Anything_else_is_refused(string message)
    {
        Assert.Throws<FormatException>(() => DeliveryReport.Parse(message));
    }
}
