
namespace MappaFlows.Web.Tests.Operations;

public sealed class InstancePageTests(ProductFactory product) : IClassFixture<ProductFactory>
{
    [Fact]
    public async Task It_shows_state_waits_and_history_in_words()
    {
        var id = await product.QueuedAsync();
        using var alex = await product.SignInAsync(OperationsSamples.Administrator);

        var page = await alex.ReadAsync($"/operations/{id}");

        Assert.Equal(id, page.Heading);
        Assert.Equal("Running", page.Document.QuerySelector(".govuk-tag--blue")!.TextContent);
        var waits = page.Document.QuerySelectorAll("#waits tbody tr").Select(row => row.TextContent).ToList();
        Assert.Contains(waits, wait => wait.Contains("WakeUp", StringComparison.Ordinal));
        Assert.Contains(waits, wait => wait.Contains("Timer", StringComparison.Ordinal) && wait.Contains(" at ", StringComparison.Ordinal));
        var history = page.Document.QuerySelectorAll("#history tbody tr").Select(row => row.TextContent).ToList();
        Assert.Contains("Began", history[0]);
        Assert.Contains(
            history,
            row => row.Contains("Activity asked for", StringComparison.Ordinal) && row.Contains(nameof(ReadScreening), StringComparison.Ordinal));
        Assert.Contains(
            history,
            row => row.Contains("Answer came", StringComparison.Ordinal) && row.Contains(nameof(ReadScreening), StringComparison.Ordinal));
        Assert.Equal(["Suspend", "Terminate"], Acts(page));
        Assert.Equal($"/operations/{id.Replace("-screening", "", StringComparison.Ordinal)}", page.ActionPath("MF-"));
    }

    [Fact]
    public async Task A_long_history_is_shown_in_pages()
    {
        var id = await product.QueuedAsync();
        for (var i = 0; i < 15; i++)
        {
            await product.Client().RaiseEventAsync(id, "WakeUp");
            await product.IdleAsync();
        }

        using var alex = await product.SignInAsync(OperationsSamples.Administrator);
        var first = await alex.ReadAsync($"/operations/{id}");
        var second = await alex.ReadAsync(first.Document.QuerySelector("[rel=next]")!.GetAttribute("href")!);

        Assert.Equal(50, first.Document.QuerySelectorAll("#history tbody tr").Length);
        Assert.InRange(second.Document.QuerySelectorAll("#history tbody tr").Length, 1, 50);
        Assert.Equal(404, (await alex.OpenAsync($"/operations/{id}?pageNumber=99")).Status);
    }

    [Theory]
    [InlineData("/operations/no-such")]
    [InlineData("/operations/@entity")]
    [InlineData("/operations/%2F%5C%23")]
    [InlineData("/operations/do/Terminate")]
    [InlineData("/operations/do/Explode?target=a")]
    [InlineData("/operations/do/99?target=a")]
    [InlineData("/operations/do/Terminate?target=no-such")]
    [InlineData("/operations/do/RetryEmail?target=no%2Fsuch%3F")]
    [InlineData("/operations/do/RetryQuarantined?target=no-such")]
    [InlineData("/operations/do/PurgeOld?target=someday")]
    public async Task Missing_resource_returns_404(string path)
    {
        using var alex = await product.SignInAsync(OperationsSamples.Administrator);

        Assert.Equal(404, (await alex.OpenAsync(path)).Status);
    }

    [Fact]
    public async Task A_failed_orchestration_says_why_and_is_run_again_once_its_cause_is_fixed()
    {
        var (id, mendAsync) = await product.FailedAsync();
        using var alex = await product.SignInAsync(OperationsSamples.Administrator);
        var failed = await alex.ReadAsync($"/operations/{id}");
        Assert.Contains("An orchestration runs for a case that does not exist.", failed.Text);
        Assert.Equal(["Run again", "Remove"], Acts(failed));
        await mendAsync();

        var answer = await alex.ConfirmAsync(failed.ActionPath("Run again"), "The case is there now");
        var after = await alex.FollowAsync(answer);

        Assert.Contains("It runs again from its beginning.", after.Text);
        Assert.Equal(OrchestrationRuntimeStatus.Running, await product.StateAsync(id));
        var entry = await product.NewestEntryAsync();
        Assert.Equal(
            (OperationsSamples.Administrator, AdminAction.Retry, id, "The case is there now"),
            (entry.PersonId, entry.Action, entry.Target, entry.Reason));
        Assert.True(entry.Outcome!.IsDone);
    }

    [Fact]
    public async Task A_running_orchestration_is_terminated_and_then_removed()
    {
        var id = await product.QueuedAsync();
        using var alex = await product.SignInAsync(OperationsSamples.Administrator);

        var ended = await alex.FollowAsync(await alex.ConfirmAsync($"/operations/do/Terminate?target={id}", "It was started by mistake"));
        Assert.Contains("It was ended.", ended.Text);
        Assert.Equal(AdminAction.Terminate, (await product.NewestEntryAsync()).Action);
        Assert.Equal(OrchestrationRuntimeStatus.Terminated, await product.StateAsync(id));

        var removed = await alex.FollowAsync(await alex.ConfirmAsync($"/operations/do/Purge?target={id}", "Nobody needs it"));
        Assert.Equal("Orchestrations", removed.Heading);
        Assert.Contains("It was removed with its history.", removed.Text);
        Assert.Null(await product.StateAsync(id));
        var audit = await alex.ReadAsync("/operations/log");
        var rows = audit.Document.QuerySelectorAll("tbody tr")
            .Select(row => row.TextContent)
            .Where(row => row.Contains(id, StringComparison.Ordinal))
            .ToList();
        Assert.Equal(2, rows.Count);
        Assert.Contains("Nobody needs it", rows[0]);
        Assert.Contains("Alex Admin", rows[1]);
        Assert.Contains("It was started by mistake", rows[1]);
    }

    [Fact]
    public async Task A_running_orchestration_is_suspended_and_resumed()
    {
        var id = await product.QueuedAsync();
        using var alex = await product.SignInAsync(OperationsSamples.Administrator);

        var held = await alex.FollowAsync(await alex.ConfirmAsync($"/operations/do/Suspend?target={id}", "Maintenance"));
        Assert.Equal(OrchestrationRuntimeStatus.Suspended, await product.StateAsync(id));
        await alex.FollowAsync(await alex.ConfirmAsync(held.ActionPath("Resume"), "Maintenance is over"));

        Assert.Equal(OrchestrationRuntimeStatus.Running, await product.StateAsync(id));
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    public async Task Without_a_reason_nothing_is_done(string reason)
    {
        var id = await product.QueuedAsync();
        using var alex = await product.SignInAsync(OperationsSamples.Administrator);

        var answer = await alex.ConfirmAsync($"/operations/do/Terminate?target={id}", reason);

        Assert.Equal(422, answer.Status);
        Assert.Equal(["Enter the reason"], answer.Errors);
        Assert.Equal(OrchestrationRuntimeStatus.Running, await product.StateAsync(id));
    }

    [Fact]
    public async Task A_reason_that_is_too_long_comes_back_as_it_was_typed()
    {
        var id = await product.QueuedAsync();
        using var alex = await product.SignInAsync(OperationsSamples.Administrator);
        var reason = new string('x', RequestAction.MaxReason + 1);

        var answer = await alex.ConfirmAsync($"/operations/do/Terminate?target={id}", reason);

        Assert.Equal(422, answer.Status);
        Assert.Equal(reason, answer.ValueOf("Reason"));
    }

    [Fact]
    public async Task The_same_form_sent_twice_is_one_act()
    {
        var id = await product.QueuedAsync();
        using var alex = await product.SignInAsync(OperationsSamples.Administrator);
        var form = await alex.ReadAsync($"/operations/do/Terminate?target={id}");

        var first = await alex.SubmitAsync(form, ("Reason", "Stuck"));
        var second = await alex.SubmitAsync(form, ("Reason", "Stuck"));

        Assert.Equal(303, second.Status);
        Assert.Equal(first.Location, second.Location);
    }

    [Fact]
    public async Task Action_on_a_changed_instance_is_refused_and_keeps_the_reason()
    {
        var id = await product.QueuedAsync();
        using var alex = await product.SignInAsync(OperationsSamples.Administrator);
        var late = await alex.ReadAsync($"/operations/do/Suspend?target={id}");
        await alex.ConfirmAsync($"/operations/do/Terminate?target={id}", "Stuck");

        var answer = await alex.SubmitAsync(late, ("Reason", "Hold it"));

        Assert.Equal(409, answer.Status);
        Assert.Equal(["This cannot be done any more: the orchestration is terminated."], answer.Errors);
        Assert.Equal("Hold it", answer.Document.QuerySelector("#not-recorded dd")!.TextContent);
        Assert.Equal(AdminAction.Terminate, (await product.NewestEntryAsync()).Action);
    }

    [Fact]
    public async Task A_banner_tells_only_the_person_who_did_it()
    {
        var id = await product.QueuedAsync();
        using var alex = await product.SignInAsync(OperationsSamples.Administrator);
        await alex.ConfirmAsync($"/operations/do/Suspend?target={id}", "Hold it");
        var number = (await product.NewestEntryAsync()).Sequence;

        Assert.NotNull((await alex.ReadAsync($"/operations?entry={number}")).Document.QuerySelector(".govuk-notification-banner--success"));
        Assert.Null((await alex.ReadAsync("/operations?entry=999999")).Document.QuerySelector(".govuk-notification-banner"));
    }

    private static List<string> Acts(BrowserPage page) => [.. page.Document.QuerySelectorAll("#acts a").Select(link => link.TextContent.Trim())];
}
