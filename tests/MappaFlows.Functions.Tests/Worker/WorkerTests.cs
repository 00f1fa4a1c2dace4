using System.Net;
using System.Text.Json;
using Azure.Storage.Blobs;
using MappaFlows.Functions.Tests.Product;
using MappaFlows.Functions.Tests.Worker.Protocol;
using MappaFlows.Testing.Samples;
using MappaFlows.Workflows.Administration;
using MappaFlows.Workflows.Audit;
using MappaFlows.Workflows.Email;
using MappaFlows.Workflows.Orchestrations;
using Action = Microsoft.DurableTask.Protobuf.OrchestratorAction.OrchestratorActionTypeOneofCase;

namespace MappaFlows.Functions.Tests.Worker;

/// <summary>The app as a process, behind a host that speaks the worker's protocol.</summary>
public sealed class WorkerTests(WorkerFixture fixture) : IClassFixture<WorkerFixture>
{
    private FunctionsHost Host => fixture.Host;

    [Fact]
    public void Every_function_is_announced_and_loads()
    {
        // That each has loaded, the fixture has seen.
        string[] activities = [.. ProductTasks.Activities];
        string[] triggered = ["DeliveryReport", "Site", "Sweep"];
        Assert.Equal(
            [.. activities.Concat(triggered).Concat(EngineView.Names).Order(StringComparer.Ordinal)],
            Host.Functions.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_page_and_its_styles_are_served()
    {
        using var referrer = Referrer();

        var (status, page) = await referrer.OpenAsync("/");

        Assert.Equal(200, status);
        Assert.Contains("Test riley", page.Body!.TextContent, StringComparison.Ordinal);
        var styles = page.QuerySelector("link[rel=stylesheet]")!.GetAttribute("href")!;
        using var stranger = Stranger();
        using var file = await stranger.GetAsync(styles, TestContext.Current.CancellationToken);
        Assert.Equal((HttpStatusCode.OK, "text/css"), (file.StatusCode, file.Content.Headers.ContentType!.MediaType));
        Assert.Contains("govuk", await file.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stranger_is_sent_to_the_platforms_sign_in()
    {
        using var stranger = Stranger();

        using var answer = await stranger.GetAsync("/caseload?area=hampshire", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.StartsWith("/.auth/login/aad", answer.Headers.Location!.OriginalString, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/alive", "Healthy")]
    [InlineData("/health", "\"ready\"")]
    [InlineData("/openapi/v1.json", "\"/api/v1/referrals\"")]
    public async Task What_programs_ask_for_is_answered(string path, string says)
    {
        using var stranger = Stranger();

        Assert.Contains(says, await stranger.GetStringAsync(path, TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_referral_starts_its_case_whose_orchestrations_and_activities_run_by_their_names()
    {
        var reference = await ReferAsync();
        var started = Host.TaskHub.Started[reference];

        var lifecycle = new OrchestrationRun(Host, started.Name, started.InstanceId, started.Input);
        await lifecycle.UntilItWaitsAsync();
        var screening = Assert.Single(lifecycle.Actions).CreateSubOrchestration;

        var run = new OrchestrationRun(Host, screening.Name, screening.InstanceId, screening.Input);
        await run.UntilItWaitsAsync();

        // It has asked an activity when to look again, and waits until then.
        Assert.Equal([Action.ScheduleTask, Action.CreateTimer], run.Actions.Select(action => action.OrchestratorActionTypeCase));
        Assert.True(run.Actions[1].CreateTimer.FireAt.ToDateTime() > DateTime.UtcNow);
    }

    [Fact]
    public async Task The_timer_function_runs_the_sweep_which_checkpoints_what_has_changed()
    {
        await ReferAsync();

        var swept = await Host.InvokeAsync("Sweep", new TypedData { Json = """{"Schedule":{"AdjustForDST":true},"ScheduleStatus":null,"IsPastDue":false}""" });

        Assert.Equal((StatusResult.Types.Status.Success, null), (swept.Result.Status, swept.Result.Exception?.Message));
        var container = new BlobContainerClient(fixture.Storage, "audit-heads");
        Assert.NotEmpty(container.GetBlobs(cancellationToken: TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task The_queue_function_takes_a_delivery_report()
    {
        var operation = Guid.NewGuid();
        var report = JsonSerializer.Serialize(new
        {
            id = Guid.NewGuid(),
            subject = "sender/message",
            eventType = "Microsoft.Communication.EmailDeliveryReportReceived",
            eventTime = DateTimeOffset.UtcNow,
            dataVersion = "1.0",
            data = new { messageId = operation, status = "Delivered", deliveryAttemptTimeStamp = DateTimeOffset.UtcNow },
        });

        var taken = await Host.InvokeAsync("DeliveryReport", new TypedData { String = report });

        // Of an email that nobody sent, which the product says and lets be.
        Assert.Equal((StatusResult.Types.Status.Success, null), (taken.Result.Status, taken.Result.Exception?.Message));
        Assert.Contains(Host.Logs, line => line.Message.Contains(operation.ToString(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_function_that_fails_tells_the_host_its_kind_and_not_its_words()
    {
        const string Secret = "sam.sample@example.test";

        var malformed = await Host.InvokeAsync("DeliveryReport", new TypedData { String = $"{{\"recipient\":\"{Secret}\"}}" });
        var unknown = await Host.InvokeAsync(
            nameof(ReadScreening),
            new TypedData { String = JsonSerializer.Serialize(new CaseInput(Secret)) },
            new Dictionary<string, string> { ["instanceId"] = "instance" });

        Assert.All([malformed, unknown], answer =>
        {
            Assert.Equal(StatusResult.Types.Status.Failure, answer.Result.Status);
            Assert.Contains(typeof(FormatException).FullName!, answer.Result.Exception.Message, StringComparison.Ordinal);
            Assert.DoesNotContain(Secret, answer.Result.ToString(), StringComparison.Ordinal);
        });
        Assert.DoesNotContain(Host.Logs, line => line.ToString().Contains(Secret, StringComparison.Ordinal));
    }

    /// <summary>Refers somebody through the API.</summary>
    private async Task<string> ReferAsync()
    {
        // A coordinator is known once they have signed in; before that a referral would reach no one, and is refused.
        using var coordinator = new Visitor(Host.Address, "casey", ["coordinator@hampshire@police"]);
        Assert.Equal(200, (await coordinator.OpenAsync("/")).Status);
        using var referrer = Referrer();
        var document = await referrer.DoAsync("/referrals", SampleReferrals.Of(DateOnly.FromDateTime(DateTime.UtcNow)));
        return document.GetProperty("reference").GetString()!;
    }

    private Visitor Referrer() => new(Host.Address, "riley", ["referrer@hampshire@probation"]);

    private HttpClient Stranger() => new(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = Host.Address };
}
