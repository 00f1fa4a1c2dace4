using System.Net;
using System.Text;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Azure.Identity;
using MappaFlows.Testing.Azurite;

namespace MappaFlows.Tables.Tests;

/// <summary>What a caller is told when the network or the service fails: the truth, or that nobody can know.</summary>
public sealed class AzureRetryTests(AzuriteFixture azurite)
{
    private const int AllAttempts = 7;

    private readonly string _table = "T" + Guid.NewGuid().ToString("N");
    private readonly AzureTableStore _other = AzureTableStore.FromConnectionString(azurite.ConnectionString);
    private readonly ImpatientTime _time = new();

    [Fact]
    public async Task A_commit_whose_answer_is_lost_is_found_and_made_once()
    {
        await _other.CommitAsync(_table, "p", [new Insert("a", Number(1)), new Insert("b", Number(1))]);
        var a = await Get("a");
        var b = await Get("b");
        var network = new LostAnswers(LoseFirst);

        var etags = await Through(network).CommitAsync(
            _table, "p", [new Insert("c", Number(2)), new Replace("a", Number(2), a.ETag), new Delete("b", b.ETag), new Upsert("d", Number(2))]);

        Assert.Equal(1, network.Commits);
        Assert.Equal([(await Get("c")).ETag, (await Get("a")).ETag, "", (await Get("d")).ETag], etags);
        Assert.Equal(2, (await Get("a")).Properties["Number"]);
        Assert.Null(await _other.GetAsync(_table, "p", "b"));
        // The etags are good for what comes next.
        await _other.CommitAsync(_table, "p", [new Replace("c", Number(3), etags[0])]);
    }

    [Fact]
    public async Task A_commit_that_never_arrived_is_sent_again()
    {
        await _other.CommitAsync(_table, "p", [new Insert("a", Number(1))]);
        var network = new LostAnswers((number, send) => number == 1 ? throw new HttpRequestException("planned") : send());
        var etags = await Through(network).CommitAsync(_table, "p", [new Insert("b", Number(2))]);
        Assert.Equal(2, network.Commits);
        Assert.Equal((await Get("b")).ETag, etags[0]);
    }

    [Fact]
    public async Task A_commit_that_arrives_late_behind_its_own_repetition_is_made_once()
    {
        await _other.CommitAsync(_table, "p", [new Insert("a", Number(1))]);
        var etag = (await Get("a")).ETag;
        // The first attempt is held up on its way; the second runs into it.
        var network = new LostAnswers(async (number, send) =>
        {
            if (number == 1)
                throw new HttpRequestException("planned");
            await (await send()).Content.LoadIntoBufferAsync();
            return await send();
        });
        var etags = await Through(network).CommitAsync(_table, "p", [new Replace("a", Number(2), etag), new Insert("b", Number(2))]);
        Assert.Equal([(await Get("a")).ETag, (await Get("b")).ETag], etags);
    }

    [Fact]
    public async Task A_lost_commit_is_found_though_one_of_its_entities_was_rewritten_since()
    {
        await _other.CommitAsync(_table, "p", [new Insert("x", Number(0))]);
        var network = new LostAnswers(async (number, send) =>
        {
            await send();
            await _other.CommitAsync(_table, "p", [new Upsert("a", Number(99))]);
            throw new HttpRequestException("planned");
        });
        var etags = await Through(network).CommitAsync(_table, "p", [new Insert("a", Number(2)), new Insert("b", Number(2))]);
        Assert.Equal(1, network.Commits);
        Assert.Equal((await Get("b")).ETag, etags[1]);
        // The etag of what was rewritten matches nothing.
        await Assert.ThrowsAsync<EntityChangedException>(
            async () => await _other.CommitAsync(_table, "p", [new Replace("a", Number(3), etags[0])]));
        Assert.Equal(99, (await Get("a")).Properties["Number"]);
    }

    [Fact]
    public async Task A_lost_commit_of_which_nothing_is_left_to_see_is_reported_as_unknown()
    {
        await _other.CommitAsync(_table, "p", [new Insert("a", Number(1))]);
        var etag = (await Get("a")).ETag;
        var network = new LostAnswers(async (number, send) =>
        {
            if (number > 1)
                return await send();
            await send();
            await _other.CommitAsync(_table, "p", [new Upsert("a", Number(99))]);
            throw new HttpRequestException("planned");
        });
        await Assert.ThrowsAsync<TableUnavailableException>(async () =>
            await Through(network).CommitAsync(_table, "p", [new Replace("a", Number(2), etag)]));
    }

    [Fact]
    public async Task A_lost_conditional_deletion_is_reported_as_unknown_and_a_lost_quiet_one_as_made()
    {
        await _other.CommitAsync(_table, "p", [new Insert("a", Number(1)), new Insert("b", Number(1))]);
        var etag = (await Get("a")).ETag;
        await Assert.ThrowsAsync<TableUnavailableException>(async () =>
            await Through(new LostAnswers(LoseFirst)).CommitAsync(_table, "p", [new Delete("a", etag)]));
        Assert.Equal([""], await Through(new LostAnswers(LoseFirst)).CommitAsync(_table, "p", [new Delete("b")]));
        Assert.Empty((await _other.QueryAsync(_table, "p", RowRange.All)).Entities);
    }

    [Fact]
    public async Task A_conflict_after_a_lost_answer_is_a_conflict_where_the_commit_provably_was_not_made()
    {
        await _other.CommitAsync(_table, "p", [new Insert("a", Number(1)), new Insert("b", Number(1))]);
        var (a, b) = ((await Get("a")).ETag, (await Get("b")).ETag);
        var network = new LostAnswers(async (number, send) =>
        {
            if (number > 1)
                return await send();
            await _other.CommitAsync(_table, "p", [new Upsert("a", Number(99))]);
            throw new HttpRequestException("planned");
        });
        var refused = await Assert.ThrowsAsync<EntityChangedException>(async () =>
            await Through(network).CommitAsync(_table, "p", [new Replace("a", Number(2), a), new Replace("b", Number(2), b)]));
        Assert.Equal("a", refused.Row);
        Assert.Equal(1, (await Get("b")).Properties["Number"]);
    }

    [Fact]
    public async Task An_entity_with_all_its_properties_has_no_room_for_a_commit_id_and_is_reported_as_unknown()
    {
        await _other.CommitAsync(_table, "p", [new Insert("x", Number(0))]);
        var full = Enumerable.Range(0, TableLimits.OwnProperties).ToDictionary(number => $"P{number}", object (number) => number);
        await Assert.ThrowsAsync<TableUnavailableException>(async () =>
            await Through(new LostAnswers(LoseFirst)).CommitAsync(_table, "p", [new Insert("a", full)]));
        // Beside one that has room it is found.
        var etags = await Through(new LostAnswers(LoseFirst)).CommitAsync(_table, "p", [new Insert("b", full), new Insert("c", Number(1))]);
        Assert.Equal((await Get("c")).ETag, etags[1]);
    }

    [Theory]
    [InlineData(HttpStatusCode.InternalServerError)]
    [InlineData(HttpStatusCode.BadGateway)]
    [InlineData(HttpStatusCode.GatewayTimeout)]
    [InlineData(HttpStatusCode.RequestTimeout)]
    public async Task An_error_that_may_hide_a_commit_is_looked_into(HttpStatusCode status)
    {
        await _other.CommitAsync(_table, "p", [new Insert("x", Number(0))]);
        var network = new LostAnswers(async (number, send) =>
        {
            await send();
            return Answer(status, "OperationTimedOut");
        });
        await Through(network).CommitAsync(_table, "p", [new Insert("a", Number(1))]);
        Assert.Equal(1, network.Commits);
    }

    [Fact]
    public async Task A_service_that_asks_for_a_pause_gets_it_within_bounds()
    {
        await _other.CommitAsync(_table, "p", [new Insert("x", Number(0))]);
        string[] pauses = ["5", "86400", "0"];
        var network = new LostAnswers((number, send) =>
        {
            if (number > pauses.Length)
                return send();
            var answer = Answer(HttpStatusCode.ServiceUnavailable, "ServerBusy");
            answer.Headers.Add("Retry-After", pauses[number - 1]);
            return Task.FromResult(answer);
        });
        await Through(network).CommitAsync(_table, "p", [new Insert("a", Number(1))]);
        Assert.Contains(TimeSpan.FromSeconds(5), _time.Waits);
        Assert.Contains(TimeSpan.FromSeconds(30), _time.Waits);
        Assert.All(_time.Waits, wait => Assert.True(wait <= TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public async Task A_service_that_stays_away_is_given_up_after_waits_that_grow()
    {
        var network = new LostAnswers((_, _) => Task.FromResult(Answer(HttpStatusCode.ServiceUnavailable, "ServerBusy")));
        await Assert.ThrowsAsync<TableUnavailableException>(async () =>
            await Through(network).CommitAsync(_table, "p", [new Insert("a", Number(1))]));
        Assert.Equal(AllAttempts, network.Commits);
        Assert.Equal(AllAttempts - 1, _time.Waits.Count);
        for (var wait = 0; wait < _time.Waits.Count; wait++)
            Assert.InRange(_time.Waits[wait].TotalMilliseconds, 100 * (1 << wait), Math.Min(10_000, 200 * (1 << wait)));
    }

    [Theory]
    [InlineData(HttpStatusCode.Forbidden, "AuthorizationFailure")]
    [InlineData(HttpStatusCode.Unauthorized, "InvalidAuthenticationInfo")]
    public async Task An_identity_that_is_refused_is_not_tried_again(HttpStatusCode status, string code)
    {
        var network = new LostAnswers((_, _) => Task.FromResult(Answer(status, code)));
        var refused = await Assert.ThrowsAsync<TableUnavailableException>(async () =>
            await Through(network).CommitAsync(_table, "p", [new Insert("secret", Number(1))]));
        Assert.Equal(1, network.Commits);
        Assert.Contains(code, refused.Message);
        Assert.DoesNotContain("secret", refused.ToString());
    }

    [Fact]
    public async Task An_identity_that_cannot_be_found_is_an_error_of_the_store()
    {
        var store = AzureTableStore.FromEndpoint(new Uri("https://account.table.core.windows.net"), new NobodysCredential(), time: _time);
        await Assert.ThrowsAsync<TableUnavailableException>(async () => await store.GetAsync("Abc", "p", "r"));
        await Assert.ThrowsAsync<TableUnavailableException>(async () => await store.CommitAsync("Abc", "p", [new Insert("a", Number(1))]));
        Assert.Empty(_time.Waits);
    }

    [Fact]
    public async Task A_request_that_the_service_finds_too_large_is_a_limit()
    {
        var network = new LostAnswers((_, _) => Task.FromResult(Answer(HttpStatusCode.RequestEntityTooLarge, "RequestBodyTooLarge")));
        await Assert.ThrowsAsync<TableLimitException>(async () =>
            await Through(network).CommitAsync(_table, "p", [new Insert("a", Number(1))]));
        Assert.Equal(1, network.Commits);
    }

    [Fact]
    public async Task A_caller_who_gives_up_is_not_kept_waiting()
    {
        using var cancel = new CancellationTokenSource();
        var network = new LostAnswers((_, _) =>
        {
            cancel.Cancel();
            return Task.FromResult(Answer(HttpStatusCode.ServiceUnavailable, "ServerBusy"));
        });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
            await Through(network).CommitAsync(_table, "p", [new Insert("a", Number(1))], cancel.Token));
        Assert.Equal(1, network.Commits);
    }

    [Fact]
    public async Task What_is_sent_is_never_larger_than_it_was_reckoned_and_not_far_smaller()
    {
        await _other.CommitAsync(_table, "p", [new Insert("x", Number(0))]);
        foreach (var letter in new[] { 'a', '"', '中', '\'', '\\', '/', ' ', '\n', 'é', '<' })
        {
            List<Change> changes = [.. Enumerable.Range(0, 10).Select(number => new Upsert($"r{letter is '\\' or '/' or '\n'}{number}", new Dictionary<string, object>
            {
                ["Text"] = new string(letter, 20_000),
                ["Bytes"] = new byte[20_000],
                ["Date"] = DateTimeOffset.MaxValue,
                ["Long"] = long.MinValue,
                ["Double"] = double.MinValue,
                ["Guid"] = Guid.Empty,
            }))];
            long sent = 0;
            var measure = new MeasuringHandler(length => sent = Math.Max(sent, length));
            await Through(measure).CommitAsync(_table, "p", changes);
            var reckoned = CommitPayload.Bytes(_table, "p", changes);
            Assert.True(sent > 400_000 && sent <= reckoned, $"{letter}: {sent} of {reckoned}");
            if (letter is not ('\\' or '/' or '\n'))
                Assert.True(reckoned < sent * 1.05, $"{letter}: {sent} of {reckoned}");
        }
    }

    private async Task<Entity> Get(string row) => (await _other.GetAsync(_table, "p", row))!;

    private AzureTableStore Through(HttpMessageHandler network) =>
        AzureTableStore.FromConnectionString(
            azurite.ConnectionString,
            new TableClientOptions { Transport = new HttpClientTransport(new HttpClient(network)) },
            _time);

    private static async Task<HttpResponseMessage> LoseFirst(int number, Func<Task<HttpResponseMessage>> send)
    {
        var answer = await send();
        return number == 1 ? throw new HttpRequestException("planned") : answer;
    }

    private static HttpResponseMessage Answer(HttpStatusCode status, string code)
    {
        var answer = new HttpResponseMessage(status)
        {
            Content = new StringContent($$"""{"odata.error": {"code": "{{code}}", "message": {"lang": "en-US", "value": "A planned answer."} } }""", Encoding.UTF8, "application/json"),
        };
        answer.Headers.Add("x-ms-error-code", code);
        return answer;
    }

    private static Dictionary<string, object> Number(int number) => new() { ["Number"] = number };

    private sealed class NobodysCredential : TokenCredential
    {
        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            throw new AuthenticationFailedException("planned");

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            throw new AuthenticationFailedException("planned");
    }

    private sealed class MeasuringHandler(Action<long> measured) : DelegatingHandler(new SocketsHttpHandler())
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.Content is { } content)
            {
                await content.LoadIntoBufferAsync(cancellationToken);
                measured(content.Headers.ContentLength ?? 0);
            }
            return await base.SendAsync(request, cancellationToken);
        }
    }
}
