using MappaFlows.Core.Disclosures;
using MappaFlows.Testing.Azurite;

[assembly: AssemblyFixture(typeof(AzuriteFixture))]

namespace MappaFlows.Functions.Tests.Product;

/// <summary>
/// The product's path on Microsoft's engine over Azurite, through the site function: from a referral to a disclosure that was told.
/// </summary>
[Collection(nameof(OneAtATime))]
public sealed class PathOnMicrosoftsEngineTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private Journey _journey = null!;

    public async ValueTask InitializeAsync() => _journey = await Journey.StartAsync(azurite.ConnectionString);

    public ValueTask DisposeAsync() => _journey.DisposeAsync();

    [Fact]
    public async Task A_referral_becomes_a_case_its_disclosure_is_decided_by_the_emailed_link_and_told()
    {
        var reference = await _journey.ReferAsync();
        await _journey.AcceptAsync(reference);
        var link = await _journey.ProposeAsync(reference);
        await _journey.IsAsync(reference.Approval(1, 1), OrchestrationRuntimeStatus.Running);

        // The link asks a stranger to sign in, and the Chair to decide.
        using var stranger = _journey.Site.Stranger();
        using var asked = await stranger.GetAsync(link, TestContext.Current.CancellationToken);
        Assert.StartsWith("/.auth/login/aad?", asked.Headers.Location?.OriginalString, StringComparison.Ordinal);
        await _journey.ApproveAsync(reference, link);

        // The doorbell ends the approval's clock; the discloser is asked to tell, and records it.
        await _journey.IsAsync(reference.Approval(1, 1), OrchestrationRuntimeStatus.Completed);
        await _journey.Site.Emails.WaitForAsync(_journey.Manager.Email, Journey.AskedToDisclose, reference.Reference);
        await _journey.DiscloseAsync(reference);
        Assert.Equal(DisclosureStage.Made, (await _journey.CaseAsync(reference)).Disclosures[0].Stage);

        // The token of the link is in nothing that was logged, with all its scopes.
        Assert.NotEmpty(_journey.Site.Log.Lines);
        Assert.DoesNotContain(_journey.Site.Log.Lines, line => line.Contains(link.Split('=')[1], StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_Chair_who_does_not_answer_is_reminded_by_a_durable_timer()
    {
        var reference = await _journey.ReferAsync();
        await _journey.AcceptAsync(reference);

        // Proposed a day ago but for some seconds, by the product's clock. The engine's timer, in real time, has those seconds to wait.
        var due = DateTimeOffset.UtcNow + TimeSpan.FromSeconds(10);
        _journey.Site.Clock.Behind = TimeSpan.FromDays(1) - TimeSpan.FromSeconds(10);
        await _journey.ProposeAsync(reference);
        var sent = _journey.Site.Emails.Sent;
        // A busy machine may come so late that the reminder is due.
        if (DateTimeOffset.UtcNow < due)
            Assert.DoesNotContain(sent, email => email.Subject.StartsWith("MAPPA: reminder", StringComparison.Ordinal));
        _journey.Site.Clock.Behind = TimeSpan.Zero;

        var reminder = await _journey.Site.Emails.WaitForAsync(_journey.Chair.Email, "Reminder", reference.Reference);
        Assert.Contains($"/decide/{reference.Reference}/1?link=", reminder.Links[0], StringComparison.Ordinal);
        await _journey.IsAsync(reference.Approval(1, 1), OrchestrationRuntimeStatus.Running);
    }

    [Fact]
    public async Task The_site_says_that_it_is_well()
    {
        using var stranger = _journey.Site.Stranger();

        Assert.Equal("Healthy", await stranger.GetStringAsync("/alive", TestContext.Current.CancellationToken));
        using var health = await stranger.GetAsync("/health", TestContext.Current.CancellationToken);
        Assert.Contains(
            "\"ready\"", await health.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_that_one_instance_of_the_app_made_is_taken_by_another()
    {
        await using var other = await AzureSite.StartAsync(azurite.ConnectionString);
        var reference = await _journey.ReferAsync();
        await _journey.AcceptAsync(reference);
        await _journey.ProposeAsync(reference);
        var path = $"/cases/{reference.Reference}/disclosures/1";
        var (_, page) = await _journey.Chair.OpenAsync(path);

        var answer = await _journey.Chair.SubmitAsync(
            page, new Uri(other.Address, path).ToString(), ("Input.Outcome", "Refused"), ("Input.Reasons", "Not now."), ("Input.Read", "true"), ("Confirmed", "true"));

        Assert.Equal(303, answer.Status);
    }
}
