using MappaFlows.Core.Cases;
using MappaFlows.Testing.Samples;
using MappaFlows.Workflows.Cases;
using MappaFlows.Workflows.Orchestrations;
using MappaFlows.Workflows.Streams;

namespace MappaFlows.Functions.Tests.Product;

/// <summary>A site, the people of an area signed in to it, and the steps that they take.</summary>
public sealed class Journey : IAsyncDisposable
{
    /// <summary>The beginning of the subject of the email with the Chair's link.</summary>
    public const string DecisionNeeded = "Your decision is needed";

    /// <summary>The beginning of the subject of the email to the person who is to tell.</summary>
    public const string AskedToDisclose = "Disclosure to make";

    private Journey(AzureSite site)
    {
        Site = site;
        Referrer = site.As("riley", "referrer@hampshire@probation");
        Coordinator = site.As("casey", "coordinator@hampshire@police");
        Chair = site.As("charlie", "chair@hampshire@police");
        Manager = site.As("morgan", "lead-agency-manager@hampshire@probation");
    }

    public AzureSite Site { get; }

    public Visitor Referrer { get; }

    public Visitor Coordinator { get; }

    public Visitor Chair { get; }

    public Visitor Manager { get; }

    /// <inheritdoc cref="AzureSite.StartAsync"/>
    public static async Task<Journey> StartAsync(string store, string? engineStorage = null)
    {
        var journey = new Journey(await AzureSite.StartAsync(store, engineStorage));

        // Who signed in once is in the directory, and can be asked and told.
        foreach (var person in journey.People())
            Assert.Equal(200, (await person.OpenAsync("/")).Status);
        return journey;
    }

    public DateOnly Today() => DateOnly.FromDateTime(Site.Clock.GetUtcNow().UtcDateTime);

    /// <summary>Refers somebody.</summary>
    public async Task<CaseInstanceIds> ReferAsync()
    {
        var document = await Referrer.DoAsync("/referrals", SampleReferrals.Of(Today()));
        return new CaseInstanceIds(CaseReference.Parse(document.GetProperty("reference").GetString()!));
    }

    /// <summary>Accepts the referral at level 2, and waits for the clocks that follow.</summary>
    public async Task AcceptAsync(CaseInstanceIds of)
    {
        await IsAsync(of.Screening, OrchestrationRuntimeStatus.Running);
        await ScreenAsync(of);
        await IsAsync(of.Screening, OrchestrationRuntimeStatus.Completed);
        await IsAsync(of.Review, OrchestrationRuntimeStatus.Running);
        await IsAsync(of.Exit, OrchestrationRuntimeStatus.Running);
    }

    /// <summary>Accepts the referral at level 2.</summary>
    public Task ScreenAsync(CaseInstanceIds of) =>
        Coordinator.DoAsync($"/cases/{of.Reference}/screening", new { outcome = "Accept", level = "Level2", reasons = "Several agencies have to act together." });

    /// <summary>Proposes a disclosure.</summary>
    /// <returns>The path of the link that the Chair gets.</returns>
    public async Task<string> ProposeAsync(CaseInstanceIds of)
    {
        await Coordinator.DoAsync($"/cases/{of.Reference}/disclosures", new { content = SampleDisclosures.Content(discloserId: "morgan") });
        var email = await Site.Emails.WaitForAsync(Chair.Email, DecisionNeeded, of.Reference);
        return new Uri(email.Links[0]).PathAndQuery;
    }

    /// <summary>Opens the link and approves.</summary>
    public async Task ApproveAsync(CaseInstanceIds of, string link)
    {
        var (status, page) = await Chair.OpenAsync(link);
        Assert.Equal(200, status);
        Assert.Contains(SampleDisclosures.Information, page.Body!.TextContent, StringComparison.Ordinal);
        var decided = await Chair.SubmitAsync(page, link, ("Input.Outcome", "Approved"), ("Input.Reasons", "Necessary and proportionate."), ("Input.Read", "true"), ("Confirmed", "true"));
        Assert.Equal((303, $"/decide/{of.Reference}/1/done"), (decided.Status, decided.Location));
    }

    /// <summary>Records that the disclosure was made.</summary>
    public Task DiscloseAsync(CaseInstanceIds of) =>
        Manager.DoAsync($"/cases/{of.Reference}/disclosures/1/act", new { on = Today().ToString("O"), method = "InPerson", recipientUndertook = true });

    public async Task<CaseState> CaseAsync(CaseInstanceIds of) =>
        (await Site.Get<CaseQueries>().TimetableAsync(of.Reference, TestContext.Current.CancellationToken))!.Case;

    /// <summary>Waits until the instance is so.</summary>
    public async Task IsAsync(string instanceId, OrchestrationRuntimeStatus status)
    {
        OrchestrationMetadata? seen;
        while ((seen = await Site.Orchestrations.GetInstanceAsync(instanceId))?.RuntimeStatus != status)
        {
            Assert.False(seen is { IsCompleted: true }, $"{instanceId} is {seen?.RuntimeStatus}: {seen?.FailureDetails?.ErrorMessage}");
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var person in People())
            person.Dispose();
        await Site.DisposeAsync();
    }

    private Visitor[] People() => [Referrer, Coordinator, Chair, Manager];
}
