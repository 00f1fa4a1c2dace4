using MappaFlows.Core.Cases;
using MappaFlows.Core.Disclosures;
using MappaFlows.Durable;
using MappaFlows.Functions.Tests.Engine;
using MappaFlows.Functions.Tests.Product;
using MappaFlows.Testing.Azurite;
using MappaFlows.Testing.Product;
using MappaFlows.Workflows.Cases;
using MappaFlows.Workflows.Orchestrations;

[assembly: AssemblyFixture(typeof(AzuriteFixture))]

namespace MappaFlows.Functions.Tests.Product;

/// <summary>The product's path on the vendor's engine over Azurite, through the site function: from a referral to a disclosure that was told.</summary>
[Collection(nameof(OneAtATime))]
public sealed class PathOnVendorEngineTests(AzuriteFixture azurite) : IAsyncLifetime
{
    AzureSite _site = null!;
    Visitor _referrer = null!;
    Visitor _coordinator = null!;
    Visitor _chair = null!;
    Visitor _manager = null!;

    public async ValueTask InitializeAsync()
    {
        _site = await AzureSite.StartAsync(azurite.ConnectionString);
        _referrer = _site.As("riley", "referrer@hampshire@probation");
        _coordinator = _site.As("casey", "coordinator@hampshire@police");
        _chair = _site.As("charlie", "chair@hampshire@police");
        _manager = _site.As("morgan", "lead-agency-manager@hampshire@probation");

        // Who signed in once is in the directory, and can be asked and told.
        foreach (var person in new[] { _referrer, _coordinator, _chair, _manager })
            Assert.Equal(200, (await person.OpenAsync("/")).Status);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var person in new[] { _referrer, _coordinator, _chair, _manager })
            person.Dispose();
        await _site.DisposeAsync();
    }

    [Fact]
    public async Task A_referral_becomes_a_case_its_disclosure_is_decided_by_the_emailed_link_and_told()
    {
        // Referral and screening: the clock of the screening ends, those of reviews and exit begin.
        var reference = await ReferAsync();
        await IsAsync(reference.Screening, OrchestrationRuntimeStatus.Running);
        await _coordinator.DoAsync($"/cases/{reference.Reference}/screening", new { outcome = "Accept", level = "Level2", reasons = "Several agencies have to act together." });
        await IsAsync(reference.Screening, OrchestrationRuntimeStatus.Completed);
        await IsAsync(reference.Review, OrchestrationRuntimeStatus.Running);
        await IsAsync(reference.Exit, OrchestrationRuntimeStatus.Running);

        // A disclosure is proposed, and its Chair gets a link.
        await ProposeAsync(reference);
        await IsAsync(reference.Approval(1, 1), OrchestrationRuntimeStatus.Running);
        var link = new Uri((await _site.Mail.WaitForAsync(_chair.Email, "Your decision is needed")).Links[0]).PathAndQuery;

        // The link asks a stranger to sign in, shows the Chair the content, and the decision is a form with the site's own token.
        using var stranger = _site.Stranger();
        using var asked = await stranger.GetAsync(link, TestContext.Current.CancellationToken);
        Assert.StartsWith("/.auth/login/aad?", asked.Headers.Location?.OriginalString, StringComparison.Ordinal);
        var (status, page) = await _chair.OpenAsync(link);
        Assert.Equal(200, status);
        Assert.Contains("A made-up sentence, word for word.", page.Body!.TextContent, StringComparison.Ordinal);
        var decided = await _chair.SubmitAsync(page, link, ("Input.Outcome", "Approved"), ("Input.Reasons", "Necessary and proportionate."), ("Input.Read", "true"));
        Assert.Equal((303, $"/decide/{reference.Reference}/1/done"), (decided.Status, decided.Location));

        // The doorbell ends the approval's clock, and the discloser is asked to tell and records it.
        await IsAsync(reference.Approval(1, 1), OrchestrationRuntimeStatus.Completed);
        await _site.Mail.WaitForAsync(_manager.Email, "You are asked to tell");
        await _manager.DoAsync($"/cases/{reference.Reference}/disclosures/1/act", new { on = Today().ToString("O"), method = "InPerson", recipientUndertook = true });
        Assert.Equal(DisclosureStage.Made, (await CaseAsync(reference)).Disclosures[0].Stage);

        // The token of the link is in nothing that was logged, at any level, with all its scopes.
        Assert.NotEmpty(_site.Log.Lines);
        Assert.DoesNotContain(_site.Log.Lines, line => line.Contains(link.Split('=')[1], StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_Chair_who_does_not_answer_is_reminded_by_the_vendors_timer()
    {
        var reference = await ReferAsync();
        await _coordinator.DoAsync($"/cases/{reference.Reference}/screening", new { outcome = "Accept", level = "Level2", reasons = "Several agencies have to act together." });

        // Proposed a day ago but for some seconds, by the product's clock. The engine's timer, in real time, has those seconds to wait.
        var wait = TimeSpan.FromSeconds(5);
        _site.Clock.Behind = TimeSpan.FromDays(1) - wait;
        await ProposeAsync(reference);
        await _site.Mail.WaitForAsync(_chair.Email, "Your decision is needed");
        Assert.DoesNotContain(_site.Mail.Sent, email => email.Subject.StartsWith("Reminder", StringComparison.Ordinal));
        _site.Clock.Behind = TimeSpan.Zero;

        var reminder = await _site.Mail.WaitForAsync(_chair.Email, "Reminder");
        Assert.Contains($"/decide/{reference.Reference}/1?link=", reminder.Links[0], StringComparison.Ordinal);
        await IsAsync(reference.Approval(1, 1), OrchestrationRuntimeStatus.Running);
    }

    [Fact]
    public async Task The_site_says_that_it_is_well_and_its_forms_have_one_key_ring()
    {
        using var stranger = _site.Stranger();

        Assert.Equal("Healthy", await stranger.GetStringAsync("/alive", TestContext.Current.CancellationToken));
        Assert.Contains("\"ready\"", await stranger.GetStringAsync("/health", TestContext.Current.CancellationToken), StringComparison.Ordinal);

        // A form that one instance of the app made is taken by another.
        await using var other = await AzureSite.StartAsync(azurite.ConnectionString);
        var reference = await ReferAsync();
        await _coordinator.DoAsync($"/cases/{reference.Reference}/screening", new { outcome = "Accept", level = "Level2", reasons = "Several agencies have to act together." });
        await ProposeAsync(reference);
        var path = $"/cases/{reference.Reference}/disclosures/1";
        var (_, page) = await _chair.OpenAsync(path);

        var answer = await _chair.SubmitAsync(page, new Uri(other.Address, path).ToString(), ("Input.Outcome", "Refused"), ("Input.Reasons", "Not now."), ("Input.Read", "true"));

        Assert.Equal(303, answer.Status);
    }

    async Task<InstanceIds> ReferAsync()
    {
        var document = await _referrer.DoAsync("/referrals", SampleReferral.Of(Today()));
        return new InstanceIds(CaseReference.Parse(document.GetProperty("reference").GetString()!));
    }

    Task ProposeAsync(InstanceIds of) => _coordinator.DoAsync($"/cases/{of.Reference}/disclosures", new
    {
        content = new
        {
            information = "A made-up sentence, word for word.",
            recipientName = "Robin Recipient",
            recipientContact = "01632 960000",
            recipientRelation = "Head teacher",
            discloserId = "morgan",
            method = "InPerson",
            reasonsFor = "Necessary and proportionate.",
            reasonsAgainst = "None that outweigh it.",
            presumptionToDisclose = false,
            subjectTold = true,
        },
    });

    DateOnly Today() => DateOnly.FromDateTime(_site.Clock.GetUtcNow().UtcDateTime);

    async Task<Case> CaseAsync(InstanceIds of) => (await _site.Get<CaseDesk>().AgendaAsync(of.Reference, TestContext.Current.CancellationToken))!.Case;

    async Task IsAsync(string instanceId, OrchestrationRuntimeStatus status)
    {
        OrchestrationMetadata? seen;
        while ((seen = await _site.Orchestrations.GetInstanceAsync(instanceId))?.RuntimeStatus != status)
        {
            Assert.False(seen is { IsCompleted: true }, $"{instanceId} is {seen?.RuntimeStatus}: {seen?.FailureDetails?.ErrorMessage}");
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }
}
