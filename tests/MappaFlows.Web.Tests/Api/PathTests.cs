using System.Net;
using System.Text.Json;

namespace MappaFlows.Web.Tests.Api;

/// <summary>Every step of a case through the API.</summary>
public sealed class PathTests(ProductFactory product) : IClassFixture<ProductFactory>
{
    private const string Coordinator = "casey-coordinator";
    private readonly ApiClient _api = new(product);

    [Fact]
    public async Task A_referral_is_created_once_for_its_key()
    {
        var referral = _api.Referral();
        var first = await _api.PostAsync("riley-referrer", "/referrals", referral, "the-same-key");
        Assert.Equal(HttpStatusCode.Created, first.Status);
        var reference = first.Json.GetProperty("reference").GetString();
        Assert.Equal($"/api/v1/cases/{reference}", first.Location!.OriginalString);
        Assert.Equal("Screening", first.Json.GetProperty("stage").GetString());

        var again = await _api.PostAsync("riley-referrer", "/referrals", referral, "the-same-key");
        Assert.Equal(HttpStatusCode.OK, again.Status);
        Assert.Equal(reference, again.Json.GetProperty("reference").GetString());
        Assert.Equal(1, (await _api.GetAsync(Coordinator, $"/cases/{reference}")).Json.GetProperty("version").GetInt64());

        var other = await _api.PostAsync("riley-referrer", "/referrals", _api.Referral(yearsToExpiry: 4), "the-same-key");
        other.IsProblem(409);
    }

    [Fact]
    public async Task Each_date_says_which_rule_made_it()
    {
        var reference = await _api.ReferAsync();
        var answer = await _api.GetAsync(Coordinator, $"/cases/{reference}");
        var obligation = answer.Json.GetProperty("obligations").EnumerateArray().Single();
        Assert.Equal("DecideScreening", obligation.GetProperty("kind").GetString());
        var due = obligation.GetProperty("due");
        Assert.Contains("5 working days after", due.GetProperty("explanation").GetString(), StringComparison.Ordinal);
        Assert.False(string.IsNullOrEmpty(due.GetProperty("rule").GetProperty("edition").GetString()));
        Assert.False(string.IsNullOrEmpty(due.GetProperty("rule").GetProperty("source").GetString()));
        Assert.False(obligation.GetProperty("isOverdue").GetBoolean());
    }

    [Fact]
    public async Task A_question_is_asked_answered_and_the_referral_refused()
    {
        var reference = await _api.ReferAsync();
        var asked = await _api.PostAsync(Coordinator, $"/cases/{reference}/screening", new { outcome = "RequestInformation", reasons = "Which prison?" });
        Assert.Equal("InformationRequested", Stage(asked));
        var answered = await _api.PostAsync("riley-referrer", $"/cases/{reference}/answer", new { answer = "Exampleton." });
        Assert.Equal("Screening", Stage(answered));
        var refused = await _api.PostAsync(Coordinator, $"/cases/{reference}/screening", new { outcome = "Refuse", reasons = "The test is not met." });
        Assert.Equal("Refused", Stage(refused));

        var events = await _api.GetAsync(Coordinator, $"/cases/{reference}/events");
        Assert.Equal(
            ["ReferralSubmitted", "InformationRequested", "InformationGiven", "ReferralRefused"],
            events.Json.GetProperty("events").EnumerateArray().Select(item => item.GetProperty("event").GetString()));
        Assert.False(events.Json.TryGetProperty("next", out _));
    }

    [Fact]
    public async Task A_meeting_is_arranged_moved_recorded_and_its_minutes_sent()
    {
        await using var own = await new ProductFactory().StartAsync();
        var api = new ApiClient(own);
        var reference = await api.ManageAsync();
        var starts = own.Now.AddDays(7);
        var arranged = await api.PostAsync(Coordinator, $"/cases/{reference}/meetings", new { startsAt = starts, minutes = 60, place = "Room 1" });
        Assert.Equal(HttpStatusCode.OK, arranged.Status);
        var owed = arranged.Json.GetProperty("obligations").EnumerateArray().Single(item => item.GetProperty("kind").GetString() == "RecordMeeting");
        Assert.Equal(1, owed.GetProperty("number").GetInt32());
        var moved = await api.PostAsync(
            Coordinator, $"/cases/{reference}/meetings/1/move", new { startsAt = starts.AddDays(1), minutes = 90, place = "Room 2", reason = "The room was taken." });
        Assert.Equal("Room 2", moved.Json.GetProperty("meetings")[0].GetProperty("place").GetString());

        await own.MoveAsync(TimeSpan.FromDays(9));
        var attendance = moved.Json.GetProperty("meetings")[0]
            .GetProperty("agencies")
            .EnumerateArray()
            .Select(agency => new { agencyId = agency.GetString(), status = "Present" });
        var recorded = await api.PostAsync("charlie-chair", $"/cases/{reference}/meetings/1/outcome", new
        {
            attendance,
            decisions = new[] { new { decision = "Visit weekly.", rationale = "It lowers the risk." } },
            disclosureConsidered = true,
            disclosureReasons = "Nobody is at risk who does not know.",
            level = "Level2",
        });
        Assert.Equal(HttpStatusCode.OK, recorded.Status);
        var sent = await api.PostAsync(Coordinator, $"/cases/{reference}/meetings/1/minutes");
        Assert.Equal(HttpStatusCode.OK, sent.Status);
        Assert.True(sent.Json.GetProperty("meetings")[0].TryGetProperty("minutesSentAt", out _));
    }

    [Fact]
    public async Task A_level_1_case_is_reviewed_by_its_lead_agency_and_stepped_up()
    {
        var reference = await _api.ManageAsync("Level1");
        var reviewed = await _api.PostAsync("morgan-manager", $"/cases/{reference}/level-1-reviews", new
        {
            findings = "The risk has risen.",
            contact = "Police and probation met.",
            disclosureConsidered = true,
            disclosureReasons = "None is needed.",
            level = "Level2",
            levelReasons = "Several agencies have to act.",
        });
        Assert.Equal("Level2", reviewed.Json.GetProperty("level").GetString());
    }

    [Fact]
    public async Task A_disclosure_is_proposed_revised_approved_and_made()
    {
        var (reference, hash) = await _api.ProposeAsync();
        var revised = await _api.PostAsync(Coordinator, $"/cases/{reference}/disclosures/1/revision", SampleDisclosures.Content("Another sentence."));
        var newHash = revised.Json.GetProperty("disclosures")[0].GetProperty("contentHash").GetString();
        Assert.NotEqual(hash, newHash);

        // What was read before the revision is not what would be decided on.
        var stale = await _api.PostAsync("charlie-chair", $"/cases/{reference}/disclosures/1/decision", new { outcome = "Approved", reasons = "Yes.", contentHash = hash });
        Assert.Contains("changed", stale.IsProblem(409).Json.GetProperty("detail").GetString(), StringComparison.Ordinal);

        var approved = await _api.PostAsync("charlie-chair", $"/cases/{reference}/disclosures/1/decision", new { outcome = "Approved", reasons = "Yes.", contentHash = newHash });
        Assert.Equal("Approved", Disclosure(approved).GetProperty("stage").GetString());
        var made = await _api.PostAsync("morgan-manager", $"/cases/{reference}/disclosures/1/act", new
        {
            on = DateOnly.FromDateTime(product.Now.UtcDateTime),
            method = "InPerson",
            recipientUndertook = true,
        });
        Assert.Equal("Made", Disclosure(made).GetProperty("stage").GetString());
        Assert.False(Disclosure(made).TryGetProperty("links", out _));
    }

    [Fact]
    public async Task A_proposal_is_withdrawn()
    {
        var (reference, _) = await _api.ProposeAsync();
        var withdrawn = await _api.PostAsync(Coordinator, $"/cases/{reference}/disclosures/1/withdrawal", new { reason = "No longer needed." });
        Assert.Equal("Withdrawn", Disclosure(withdrawn).GetProperty("stage").GetString());
    }

    [Fact]
    public async Task Dates_change_bases_are_added_and_a_death_ends_the_case()
    {
        var reference = await _api.ManageAsync();
        var today = DateOnly.FromDateTime(product.Now.UtcDateTime);
        var changed = await _api.PostAsync(
            Coordinator,
            $"/cases/{reference}/dates",
            new { date = "SentenceExpiry", from = today.AddYears(3), to = today.AddYears(5), reason = "Varied on appeal." });
        Assert.Equal(today.AddYears(5).ToString("O"), changed.Json.GetProperty("forecast").GetProperty("exitDay").GetString());
        var added = await _api.PostAsync(
            Coordinator, $"/cases/{reference}/eligibility", new { category = "Category1", startsOn = today, indefinite = true, reason = "A notification order." });
        Assert.Equal("Category1", added.Json.GetProperty("category").GetString());
        Assert.Equal("Indefinite", added.Json.GetProperty("forecast").GetProperty("outcome").GetString());
        var ended = await _api.PostAsync("charlie-chair", $"/cases/{reference}/exit", new { reason = "Death", lastDay = today, reasons = "Certificate seen." });
        Assert.Equal("Closed", Stage(ended));
    }

    [Fact]
    public async Task A_review_before_the_exit_is_recorded_and_the_case_closes_at_its_date()
    {
        await using var own = await new ProductFactory().StartAsync();
        var api = new ApiClient(own);
        var reference = await api.ManageAsync("Level1", api.Referral(yearsToExpiry: 1));
        await own.MoveAsync(TimeSpan.FromDays(190));
        var reviewed = await api.PostAsync("morgan-manager", $"/cases/{reference}/exit-reviews", new { conclusion = "Nothing stands against it.", considerCategory3 = false });
        Assert.Equal(HttpStatusCode.OK, reviewed.Status);
        await own.MoveAsync(TimeSpan.FromDays(200));
        Assert.Equal("Closed", Stage(await api.GetAsync(Coordinator, $"/cases/{reference}")));
    }

    private static string? Stage(ApiAnswer answer) => answer.Json.GetProperty("stage").GetString();

    private static JsonElement Disclosure(ApiAnswer answer) => answer.Json.GetProperty("disclosures")[0];
}
