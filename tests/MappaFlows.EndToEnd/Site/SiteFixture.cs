using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using MappaFlows.Core.Streams;
using MappaFlows.EndToEnd.Site;
using MappaFlows.Testing.Product;
using MappaFlows.Testing.Samples;

[assembly: AssemblyFixture(typeof(SiteFixture))]

namespace MappaFlows.EndToEnd.Site;

/// <summary>
/// A running product with a case at every stage that has a page of its own, for the tests that look at pages and do not move the clock.
/// The cases come about through the API: how they do by clicking, the life of a case proves.
/// </summary>
public sealed class SiteFixture : IAsyncLifetime
{
    /// <summary>How often the mailbox is asked for an email that must come.</summary>
    private const int MostLooks = 1000;

    private const string Riley = "riley-referrer";
    private const string Casey = "casey-coordinator";
    private const string Charlie = "charlie-chair";
    private const string Morgan = "morgan-manager";

    private readonly string _data = Directory.CreateTempSubdirectory("mappaflows-site-").FullName;
    private ProductProcess? _product;

    /// <summary>Sessions by the name of the person, for the many tests that are not about signing in.</summary>
    public ConcurrentDictionary<string, string> Sessions { get; } = new();

    public ProductProcess Product => _product ?? throw new InvalidOperationException("The product has not been started.");

    /// <summary>A case that waits for its screening.</summary>
    public string Referred { get; private set; } = "";

    /// <summary>A case whose referrer was asked a question.</summary>
    public string Asked { get; private set; } = "";

    /// <summary>A referral that was not accepted.</summary>
    public string Refused { get; private set; } = "";

    /// <summary>A case at level 1.</summary>
    public string Level1 { get; private set; } = "";

    /// <summary>A case at level 2 with meeting 1 arranged.</summary>
    public string Arranged { get; private set; } = "";

    /// <summary>A case at level 2 whose meeting 1 was held and is not recorded.</summary>
    public string Held { get; private set; } = "";

    /// <summary>A case at level 2 whose meeting 1 is recorded, and whose minutes have not gone out.</summary>
    public string Recorded { get; private set; } = "";

    /// <summary>A case with disclosure 1 awaiting the Chair and disclosure 2 approved.</summary>
    public string Disclosing { get; private set; } = "";

    /// <summary>The path of the link that the Chair got for disclosure 1 of <see cref="Disclosing"/>.</summary>
    public string DecidePath { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        _product = await ProductProcess.StartAsync(_data);
        Held = await ManageAsync();
        Recorded = await ManageAsync();
        var meeting = Slot((await NowAsync()).AddDays(2));
        await SendAsync(Casey, $"cases/{Held}/meetings", meeting);
        await SendAsync(Casey, $"cases/{Recorded}/meetings", meeting);
        await MoveAsync("P3D");
        var agencies = (await CaseAsync(Recorded))["meetings"]![0]!["agencies"]!.AsArray();
        await SendAsync(Casey, $"cases/{Recorded}/meetings/1/outcome", new
        {
            attendance = agencies.Select(agency => new { agencyId = agency!.GetValue<string>(), status = "Present" }),
            decisions = new[] { new { decision = "Visit weekly.", rationale = "It lowers the risk." } },
            disclosureConsidered = true,
            disclosureReasons = "Nobody is at risk who does not know.",
            level = "Level2",
        });

        Referred = await ReferAsync();
        Asked = await ReferAsync();
        await SendAsync(Casey, $"cases/{Asked}/screening", new { outcome = "RequestInformation", reasons = "Which prison is the person in?" });
        Refused = await ReferAsync();
        await SendAsync(Casey, $"cases/{Refused}/screening", new { outcome = "Refuse", reasons = "One agency can manage the risk." });
        Level1 = await ManageAsync("Level1");
        Arranged = await ManageAsync();
        await SendAsync(Casey, $"cases/{Arranged}/meetings", Slot((await NowAsync()).AddDays(9)));
        (Disclosing, DecidePath) = await ProposeAsync();
        await SendAsync(Casey, $"cases/{Disclosing}/disclosures", Proposal());
        var second = (await CaseAsync(Disclosing))["disclosures"]![1]!;
        await SendAsync(Charlie, $"cases/{Disclosing}/disclosures/2/decision", new
        {
            outcome = "Approved",
            reasons = "Necessary and proportionate.",
            contentHash = second["contentHash"]!.GetValue<string>(),
        });
    }

    public async ValueTask DisposeAsync()
    {
        if (_product is not null) await _product.DisposeAsync();
        Directory.Delete(_data, recursive: true);
    }

    /// <summary>A new case that waits for its screening.</summary>
    public async Task<string> ReferAsync()
    {
        var today = DateOnly.FromDateTime((await NowAsync()).UtcDateTime);
        var made = await SendAsync(Riley, "referrals", SampleReferrals.Of(today));
        return made["reference"]!.GetValue<string>();
    }

    /// <summary>A new case that is managed.</summary>
    public async Task<string> ManageAsync(string level = "Level2")
    {
        var reference = await ReferAsync();
        await SendAsync(Casey, $"cases/{reference}/screening", new { outcome = "Accept", level, reasons = "Several agencies have to act." });
        return reference;
    }

    /// <summary>A new case with disclosure 1 awaiting the Chair, and the path of the link in the Chair's email.</summary>
    public async Task<(string Reference, string Path)> ProposeAsync()
    {
        var reference = await ManageAsync();
        await SendAsync(Casey, $"cases/{reference}/disclosures", Proposal());
        return (reference, await LinkAsync("MAPPA: your decision is needed", reference));
    }

    /// <summary>
    /// The path of the link in the email about this case whose subject begins so; it goes out after its cause was answered.
    /// </summary>
    private async Task<string> LinkAsync(string subject, string reference)
    {
        for (var look = 0; look < MostLooks; look++)
        {
            var emails = await Product.Client.GetFromJsonAsync<JsonArray>("/dev/mailbox.json");
            var email = emails!.FirstOrDefault(email => email!["subject"]!.GetValue<string>() is var words
                && words.StartsWith(subject, StringComparison.Ordinal)
                && words.EndsWith(reference, StringComparison.Ordinal));
            if (email is not null) return new Uri(email["links"]![0]!.GetValue<string>()).PathAndQuery;
        }

        throw new InvalidOperationException($"No email '{subject}' came.");
    }

    private static object Slot(DateTimeOffset startsAt) => new { startsAt, minutes = 90, place = "Room 1, Example House" };

    private static object Proposal() =>
        new { content = SampleDisclosures.Content("The person must not be alone with children.\nTell the Probation Service at once if this happens.", Morgan) };

    private async Task<DateTimeOffset> NowAsync() =>
        (await Product.Client.GetFromJsonAsync<JsonNode>("/dev/clock"))!["now"]!.GetValue<DateTimeOffset>();

    private async Task MoveAsync(string advance)
    {
        using var answer = await Product.Client.PostAsJsonAsync("/dev/clock", new { advance });
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    private async Task<JsonNode> CaseAsync(string reference)
    {
        using var client = Product.As(Casey);
        return (await client.GetFromJsonAsync<JsonNode>($"/api/v1/cases/{reference}"))!;
    }

    private async Task<JsonNode> SendAsync(string person, string path, object body)
    {
        using var client = Product.As(person);
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/{path}")
        {
            Content = JsonContent.Create(body, body.GetType(), null, StreamJson.Options),
        };
        request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString("N"));
        using var answer = await client.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {(int)answer.StatusCode} {text}");
        return JsonNode.Parse(text)!;
    }
}
