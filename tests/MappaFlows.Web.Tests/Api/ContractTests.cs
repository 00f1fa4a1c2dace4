using System.Net;
using System.Text.Json;
using MappaFlows.Tables;
using Microsoft.Extensions.DependencyInjection;

namespace MappaFlows.Web.Tests.Api;

/// <summary>
/// The API does what its description says. That answers fit their schemas is not tested here: <see cref="ApiContract"/> looks at every
/// answer of the whole suite.
/// </summary>
public sealed class ContractTests(ProductFactory product) : IClassFixture<ProductFactory>
{
    private const string Coordinator = "casey-coordinator";
    private const string Accept = """{"outcome":"Accept","level":"Level2","reasons":"Agencies have to act together."}""";
    private readonly ApiClient _api = new(product);

    [Theory]
    [InlineData("/screening", """{"outcome":"Accept, Refuse","reasons":"x"}""", "outcome")]
    [InlineData("/screening", """{"outcome":"Accept,Refuse","reasons":"x"}""", "outcome")]
    [InlineData("/screening", """{"outcome":"","reasons":"x"}""", "outcome")]
    [InlineData("/screening", """{"outcome":"0","reasons":"x"}""", "outcome")]
    [InlineData("/screening", """{"outcome":" Accept","reasons":"x"}""", "outcome")]
    [InlineData("/screening", """{"outcome":"Accept","level":2,"reasons":"x"}""", "level")]
    [InlineData("/screening", """{"outcome":true,"reasons":"x"}""", "outcome")]
    [InlineData("/disclosures/1/decision", """{"outcome":"Approved, Refused","reasons":"x","contentHash":"y"}""", "outcome")]
    [InlineData("/disclosures", """{"content":{"method":"Letter, Telephone"}}""", "content.method")]
    [InlineData("/meetings/1/outcome", """{"attendance":[{"agencyId":"police","status":"Present, Absent"}]}""", "attendance[0].status")]
    [InlineData("/meetings", """{"startsAt":"2027-03-01T09:00:00","minutes":60,"place":"Room 1"}""", "startsAt")]
    [InlineData("/meetings", """{"startsAt":"2027-03-01","minutes":60,"place":"Room 1"}""", "startsAt")]
    [InlineData("/meetings", """{"startsAt":"2027-03-01T09:00","minutes":60,"place":"Room 1"}""", "startsAt")]
    [InlineData("/meetings", """{"startsAt":1803891600,"minutes":60,"place":"Room 1"}""", "startsAt")]
    [InlineData("/meetings/1/move", """{"startsAt":"2027-03-01T09:00:00.5","minutes":60,"place":"Room 1"}""", "startsAt")]
    public async Task A_value_that_could_mean_two_things_is_refused_by_the_name_of_its_field(string path, string body, string field)
    {
        var reference = await _api.ReferAsync();
        var answer = (await _api.SendAsync(Coordinator, $"/cases/{reference}{path}", body)).IsProblem(400);
        Assert.StartsWith("Use ", answer.Error(field), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2027-03-01T09:00:00Z")]
    [InlineData("2027-03-01T09:00:00+00:00")]
    [InlineData("2027-03-01T09:00:00.000Z")]
    public async Task A_time_with_its_offset_is_taken(string time)
    {
        var reference = await _api.ReferAsync();
        var answer = await _api.SendAsync(Coordinator, $"/cases/{reference}/meetings", $$"""{"startsAt":"{{time}}","minutes":60,"place":"Room 1"}""");
        Assert.NotEqual(HttpStatusCode.BadRequest, answer.Status);
    }

    [Fact]
    public async Task A_name_of_a_field_that_is_no_text_is_refused_by_every_command()
    {
        var (reference, _) = await _api.ProposeAsync();
        var commands = new[]
        {
            "/screening", "/answer", "/meetings", "/meetings/1/move", "/meetings/1/outcome", "/level-1-reviews", "/disclosures", "/disclosures/1/revision",
            "/disclosures/1/withdrawal", "/disclosures/1/decision", "/disclosures/1/act", "/dates", "/eligibility", "/exit-reviews", "/exit",
        };
        foreach (var body in new[] { """{"\ud800":1}""", """{"x":{"\udc00":1}}""", """[{"\ud800":null}]""" })
        {
            foreach (var command in commands)
            {
                var answer = await _api.SendAsync(Coordinator, $"/cases/{reference}{command}", body);
                Assert.True(answer.Status is HttpStatusCode.BadRequest or HttpStatusCode.NotFound, $"{command} {body}: {answer.Status}");
            }

            (await _api.SendAsync(Coordinator, $"/cases/{reference}/meetings", body)).IsProblem(400);
            (await _api.SendAsync("riley-referrer", "/referrals", body, Guid.NewGuid().ToString("N"))).IsProblem(400);
        }
    }

    [Fact]
    public async Task A_command_for_an_older_state_of_the_case_is_not_done()
    {
        var reference = await _api.ReferAsync();
        var read = await _api.GetAsync(Coordinator, $"/cases/{reference}");
        var tag = read.Response.Headers.ETag!;
        Assert.False(tag.IsWeak);
        var asked = await _api.SendAsync(
            Coordinator, $"/cases/{reference}/screening", """{"outcome":"RequestInformation","reasons":"Which prison?"}""", ifMatch: tag.ToString());
        Assert.Equal(HttpStatusCode.OK, asked.Status);
        Assert.NotEqual(tag, asked.Response.Headers.ETag);

        (await _api.SendAsync(Coordinator, $"/cases/{reference}/screening", Accept, ifMatch: tag.ToString())).IsProblem(412);
        (await _api.SendAsync(Coordinator, $"/cases/{reference}/screening", Accept, ifMatch: "\"1\"")).IsProblem(412);
        (await _api.SendAsync(Coordinator, $"/cases/{reference}/screening", Accept, ifMatch: $"W/{asked.Response.Headers.ETag}")).IsProblem(412);
        Assert.NotNull((await _api.SendAsync(Coordinator, $"/cases/{reference}/screening", Accept, ifMatch: "2")).IsProblem(400).Error("If-Match"));
        (await _api.SendAsync("riley-referrer", $"/cases/{reference}/screening", Accept, ifMatch: tag.ToString())).IsProblem(403);
        Assert.Equal(2, (await _api.GetAsync(Coordinator, $"/cases/{reference}")).Json.GetProperty("version").GetInt64());

        Assert.Equal(HttpStatusCode.OK, (await _api.SendAsync(Coordinator, $"/cases/{reference}/screening", Accept, ifMatch: "\"2\"")).Status);
    }

    [Fact]
    public async Task A_command_sent_again_with_its_key_is_answered_as_before_though_the_case_has_moved_on()
    {
        var reference = await _api.ReferAsync();
        var tag = (await _api.GetAsync(Coordinator, $"/cases/{reference}")).Response.Headers.ETag!.ToString();
        Assert.Equal(HttpStatusCode.OK, (await _api.SendAsync(Coordinator, $"/cases/{reference}/screening", Accept, "key-1", ifMatch: tag)).Status);
        Assert.Equal(HttpStatusCode.OK, (await _api.SendAsync(Coordinator, $"/cases/{reference}/screening", Accept, "key-1", ifMatch: tag)).Status);
    }

    [Fact]
    public async Task A_case_that_is_as_it_was_is_answered_with_304_and_one_that_became_overdue_is_not()
    {
        await using var own = await new ProductFactory().StartAsync();
        var api = new ApiClient(own);
        var reference = await api.ReferAsync();
        foreach (var person in new[] { Coordinator, "riley-referrer" })
        {
            using var client = own.Api(person);
            var tag = (await api.GetAsync(person, $"/cases/{reference}")).Response.Headers.ETag!;
            client.DefaultRequestHeaders.IfNoneMatch.Add(tag);
            using var unchanged = await client.GetAsync($"/api/v1/cases/{reference}");
            Assert.Equal(HttpStatusCode.NotModified, unchanged.StatusCode);
            Assert.Equal(tag, unchanged.Headers.ETag);
        }

        using var waiting = own.Api(Coordinator);
        waiting.DefaultRequestHeaders.IfNoneMatch.Add((await api.GetAsync(Coordinator, $"/cases/{reference}")).Response.Headers.ETag!);
        await own.MoveAsync(TimeSpan.FromDays(30));
        using var overdue = await waiting.GetAsync($"/api/v1/cases/{reference}");
        Assert.Equal(HttpStatusCode.OK, overdue.StatusCode);
    }

    [Fact]
    public async Task The_tag_tells_a_person_with_a_part_in_the_case_nothing_of_its_version()
    {
        var reference = await _api.ManageAsync();
        var tag = (await _api.GetAsync("riley-referrer", $"/cases/{reference}")).Response.Headers.ETag!;
        Assert.DoesNotContain("-", tag.Tag, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET", "/cases")]
    [InlineData("POST", "/cases/MF-00000-00000/screening")]
    public async Task A_store_that_is_full_or_gone_is_503_with_a_time_to_try_again(string method, string path)
    {
        var failing = new FailingStore();
        await using var broken = await new ProductFactory { ReplaceStore = failing.Around }.StartAsync();
        using var client = broken.Api(Coordinator);
        failing.IsFailing = true;
        using var request = new HttpRequestMessage(new(method), "/api/v1" + path);
        using var response = await client.SendAsync(request);
        (await ApiAnswer.OfAsync(response)).IsProblem(503);
        Assert.True(response.Headers.RetryAfter!.Delta > TimeSpan.Zero);
        failing.IsFailing = false;
    }

    [Fact]
    public async Task Every_status_that_can_be_given_is_described_with_its_content()
    {
        using var client = product.NewBrowser().Client;
        var document = JsonSerializer.Deserialize<JsonElement>(await client.GetStringAsync("/openapi/v1.json"));
        foreach (var operation in document.GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject()))
        {
            var name = operation.Value.GetProperty("operationId").GetString();
            var described = operation.Value.GetProperty("responses").EnumerateObject().Select(response => response.Name).ToHashSet();
            int[] expected = operation.Name == "post"
                ? [400, 401, 403, 404, 405, 409, 413, 415, 422, 429, 500, 503, 204, 200]
                : [200, 401, 405, 429, 500, 503];
            foreach (var status in expected) Assert.True(described.Contains($"{status}"), $"{name} does not describe {status}.");
            if (operation.Name == "post" && name != "SubmitReferral") Assert.Contains("412", described);
            if (name == "GetCase") Assert.Contains("304", described);
        }
    }
}
