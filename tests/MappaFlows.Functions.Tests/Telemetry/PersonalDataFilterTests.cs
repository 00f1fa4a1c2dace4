using System.Diagnostics;
using MappaFlows.Functions.Telemetry;

namespace MappaFlows.Functions.Tests.Telemetry;

public class PersonalDataFilterTests
{
    [Fact]
    public void A_span_keeps_its_route_and_loses_what_tells_of_a_person()
    {
        using var span = new Activity("request");
        span.SetTag("http.route", "decide/{token}");
        span.SetTag("url.path", "/decide/secret-token");
        span.SetTag("url.query", "?name=Ada");
        span.SetTag("client.address", "192.0.2.1");
        span.SetTag("user_agent.original", "Browser");
        span.SetTag("exception.message", "Ada Example is not a date");
        span.SetTag("http.response.status_code", 200);
        span.SetStatus(ActivityStatusCode.Error, "Ada Example is not a date");

        new PersonalDataSpanFilter().OnEnd(span);

        Assert.Equal(
            ["http.response.status_code=200", "http.route=decide/{token}", "url.path=decide/{token}"],
            span.TagObjects.Select(tag => $"{tag.Key}={tag.Value}").Order(StringComparer.Ordinal));
        Assert.Null(span.StatusDescription);
    }

    [Fact]
    public void A_span_without_a_route_keeps_no_path()
    {
        using var span = new Activity("request");
        span.SetTag("url.path", "/decide/secret-token");

        new PersonalDataSpanFilter().OnEnd(span);

        Assert.Empty(span.TagObjects);
    }
}
