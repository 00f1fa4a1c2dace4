using System.Net;
using System.Text.Json;

namespace MappaFlows.Web.Tests.Api;

/// <summary>Whatever is wrong with a request is said in problem details that name the field; never a 500, and nothing changes.</summary>
public sealed class RefusalTests(ProductFactory product) : IClassFixture<ProductFactory>
{
    private const string Coordinator = "casey-coordinator";
    private readonly ApiClient _api = new(product);

    public static TheoryData<string, int, string> Bodies => new()
    {
        { "{", 400, "" },
        { "", 400, "" },
        { "null", 400, "" },
        { "[]", 400, "" },
        { "7", 400, "" },
        { """{"outcome":"Accept","outcome":"Refuse","reasons":"x"}""", 400, "" },
        { """{"outcome":"Perhaps","reasons":"x"}""", 400, "outcome" },
        { """{"outcome":2,"reasons":"x"}""", 400, "outcome" },
        { """{"outcome":"Accept","level":"Level2","reasons":["x"]}""", 400, "reasons" },
        { """{"outcome":"Accept","level":"Level2","reasons":"\ud800"}""", 400, "reasons" },
        { """{"outcome":"Accept","level":"Level2","reasons":"x","why":"y"}""", 422, "why" },
        { """{"outcome":"Accept","reasons":"x"}""", 422, "level" },
        { """{"outcome":"Accept","level":"Level2"}""", 422, "reasons" },
        { """{}""", 422, "outcome" },
    };

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task A_body_that_cannot_be_is_refused_by_the_name_of_its_field(string body, int status, string field)
    {
        var reference = await _api.ReferAsync();
        var answer = await _api.SendAsync(Coordinator, $"/cases/{reference}/screening", body);
        answer.IsProblem(status);
        if (field.Length > 0) Assert.False(string.IsNullOrWhiteSpace(answer.Error(field)));
        Assert.Equal(1, (await _api.GetAsync(Coordinator, $"/cases/{reference}")).Json.GetProperty("version").GetInt64());
    }

    public static TheoryData<string, string, int, string> Commands => new()
    {
        { "/meetings", """{"startsAt":"2020-01-01T10:00:00Z","minutes":60,"place":"Room 1"}""", 422, "startsAt" },
        { "/meetings", """{"startsAt":"tomorrow","minutes":60,"place":"Room 1"}""", 400, "startsAt" },
        { "/meetings", """{"startsAt":"2026-02-30T10:00:00Z","minutes":60,"place":"Room 1"}""", 400, "startsAt" },
        { "/meetings", """{"minutes":1.5,"place":"Room 1"}""", 400, "minutes" },
        { "/meetings", """{"agencies":null}""", 400, "agencies" },
        { "/meetings", """{"agencies":[null]}""", 400, "agencies[0]" },
        { "/meetings", """{"agencies":["nobody"]}""", 422, "agencies" },
        { "/meetings/9/outcome", """{}""", 409, "" },
        { "/meetings/9/move", """{}""", 409, "" },
        { "/meetings/9/minutes", "", 409, "" },
        { "/meetings/9/outcome", """{"decisions":[null]}""", 400, "decisions[0]" },
        { "/meetings/9/outcome", """{"decisions":[{"decision":"x","rationale":"y","dueOn":"2026-02-30"}]}""", 400, "decisions[0].dueOn" },
        { "/meetings/9/outcome", """{"attendance":null}""", 400, "attendance" },
        { "/disclosures", """{"content":null}""", 400, "content" },
        { "/disclosures", """{"content":{}}""", 422, "content.information" },
        { "/disclosures", """{"content":{"method":"Pigeon"}}""", 400, "content.method" },
        { "/disclosures", """{"approverId":"nobody"}""", 422, "approverId" },
        { "/disclosures/9/revision", """{}""", 404, "" },
        { "/disclosures/9/withdrawal", """{"reason":"x"}""", 404, "" },
        { "/disclosures/9/decision", """{"outcome":"Approved","reasons":"x","contentHash":"y"}""", 404, "" },
        { "/dates", """{"date":"SentenceExpiry","to":"2026-02-30","reason":"x"}""", 400, "to" },
        { "/dates", """{"date":"Release","to":"2020-01-01","reason":"x"}""", 422, "to" },
        { "/dates", """{"date":"SentenceExpiry","basisId":"9","to":"2040-01-01","reason":"x"}""", 422, "basisId" },
        { "/dates", """{"date":"SentenceExpiry","to":"2040-01-01","reason":"x"}""", 409, "from" },
        { "/dates", """{"date":"SentenceExpiry","from":"2026-01-01","to":"2040-01-01","reason":"x"}""", 409, "from" },
        { "/eligibility", """{"category":"Category9"}""", 400, "category" },
        { "/eligibility", """{}""", 422, "category" },
    };

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task A_command_that_cannot_be_is_refused_by_the_name_of_its_field(string path, string body, int status, string field)
    {
        var reference = await _api.ManageAsync();
        var answer = await _api.SendAsync(Coordinator, $"/cases/{reference}{path}", body);
        answer.IsProblem(status);
        if (field.Length > 0) Assert.False(string.IsNullOrWhiteSpace(answer.Error(field)), answer.Json.ToString());
        else Assert.False(string.IsNullOrWhiteSpace(answer.Json.GetProperty("detail").GetString()));
    }

    [Fact]
    public async Task A_referral_names_every_field_that_is_missing_or_wrong_at_once()
    {
        var referral = _api.Referral();
        referral = referral with
        {
            Placement = referral.Placement with { Area = "atlantis", Category = Category.Category3, LevelSought = ManagementLevel.Level1 },
            Subject = referral.Subject with { GivenNames = null, FamilyName = "" },
        };
        var answer = (await _api.PostAsync("riley-referrer", "/referrals", referral, "wrong")).IsProblem(422);
        Assert.Equal("Select the MAPPA area", answer.Error("placement.area"));
        Assert.Equal("Enter a name: a family name, given names or both", answer.Error("subject.familyName"));
        Assert.NotNull(answer.Error("placement.levelSought"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("two words")]
    public async Task A_referral_needs_a_key_that_can_be(string? key) =>
        Assert.NotNull((await _api.PostAsync("riley-referrer", "/referrals", _api.Referral(), key)).IsProblem(400).Error("Idempotency-Key"));

    [Fact]
    public async Task A_part_that_is_null_is_refused() =>
        Assert.NotNull((await _api.SendAsync("riley-referrer", "/referrals", """{"placement":null}""", "null-part")).IsProblem(400).Error("placement"));

    [Fact]
    public async Task A_command_sent_twice_is_done_once()
    {
        var reference = await _api.ReferAsync();
        var body = new { outcome = "Accept", level = "Level2", reasons = "Agencies have to act together." };
        var first = await _api.PostAsync(Coordinator, $"/cases/{reference}/screening", body, "once");
        var again = await _api.PostAsync(Coordinator, $"/cases/{reference}/screening", body, "once");
        Assert.Equal(HttpStatusCode.OK, again.Status);
        Assert.Equal(first.Json.GetProperty("version").GetInt64(), again.Json.GetProperty("version").GetInt64());
        (await _api.PostAsync(Coordinator, $"/cases/{reference}/screening", body)).IsProblem(409);
    }

    [Fact]
    public async Task Anonymous_api_call_returns_401()
    {
        (await _api.SendAsync(null, "/referrals", "{}")).IsProblem(401);
        (await _api.SendAsync("nobody-here", "/referrals", "{}")).IsProblem(401);
    }

    [Fact]
    public async Task A_person_without_the_right_is_told_so_and_a_stranger_finds_nothing()
    {
        var reference = await _api.ReferAsync();
        var body = new { outcome = "Refuse", reasons = "x" };
        (await _api.PostAsync("riley-referrer", $"/cases/{reference}/screening", body)).IsProblem(403);
        (await _api.PostAsync("dana-dorset", $"/cases/{reference}/screening", body)).IsProblem(404);
        (await _api.GetAsync("lee-lay", $"/cases/{reference}")).IsProblem(404);
        (await _api.GetAsync("lee-lay", $"/cases/{reference}/events")).IsProblem(404);
        (await _api.GetAsync("riley-referrer", "/cases")).IsProblem(403);
        (await _api.PostAsync("lee-lay", "/referrals", _api.Referral(), "lay")).IsProblem(403);
    }

    [Fact]
    public async Task Missing_resource_returns_404()
    {
        (await _api.GetAsync(Coordinator, "/cases/MF-00000-00000")).IsProblem(404);
        (await _api.GetAsync(Coordinator, "/cases/what")).IsProblem(404);
        (await _api.GetAsync(Coordinator, "/nothing")).IsProblem(404);
        (await _api.SendAsync(Coordinator, "/cases/MF-00000-00000/screening", "{}")).IsProblem(404);
        (await _api.SendAsync(Coordinator, "/cases", "{}")).IsProblem(405);
    }

    [Fact]
    public async Task A_body_that_is_too_long_or_no_JSON_is_refused()
    {
        var reference = await _api.ReferAsync();
        (await _api.SendAsync(Coordinator, $"/cases/{reference}/screening", $$"""{"reasons":"{{new string('x', 300_000)}}"}""")).IsProblem(413);
        (await _api.SendAsync(Coordinator, $"/cases/{reference}/screening", "reasons=x", contentType: "application/x-www-form-urlencoded")).IsProblem(415);
    }

    [Theory]
    [InlineData("level=Level9", "level")]
    [InlineData("level=2", "level")]
    [InlineData("category=Category1,Category2", "category")]
    [InlineData("stage=", "stage")]
    [InlineData("take=0", "take")]
    [InlineData("take=101", "take")]
    [InlineData("ended=maybe", "ended")]
    [InlineData("after=%00", "after")]
    [InlineData("after=bGl2ZS0", "after")]
    [InlineData("leadAgency=nobody", "leadAgency")]
    public async Task A_filter_that_cannot_be_is_named(string query, string field) =>
        Assert.NotNull((await _api.GetAsync(Coordinator, $"/cases?{query}")).IsProblem(400).Error(field));

    [Fact]
    public async Task What_another_site_makes_a_browser_send_is_refused()
    {
        using var browser = await product.SignInAsync(Coordinator);
        foreach (var (header, value) in new[] { ("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Site", "same-site"), ("Origin", "https://elsewhere.example"), ("Origin", "null") })
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/referrals") { Content = JsonContent(_api.Referral()) };
            request.Headers.Add(header, value);
            request.Headers.Add("Idempotency-Key", "forged");
            using var response = await browser.Client.SendAsync(request);
            (await ApiAnswer.OfAsync(response)).IsProblem(403);
        }
    }

    [Fact]
    public async Task Too_many_requests_return_429_with_retry_after()
    {
        await using var busy = await new ProductFactory { Settings = { ["MappaFlows:Api:RequestsPerMinute"] = "3" } }.StartAsync();
        var api = new ApiClient(busy);
        for (var i = 0; i < 3; i++) Assert.Equal(HttpStatusCode.OK, (await api.GetAsync(Coordinator, "/cases")).Status);
        var refused = (await api.GetAsync(Coordinator, "/cases")).IsProblem(429);
        Assert.True(refused.Response.Headers.RetryAfter!.Delta > TimeSpan.Zero);
        Assert.Equal(HttpStatusCode.OK, (await api.GetAsync("charlie-chair", "/cases")).Status);
    }

    private static StringContent JsonContent(object value) =>
        new(JsonSerializer.Serialize(value, StreamJson.Options), System.Text.Encoding.UTF8, "application/json");
}
