using MappaFlows.Workflows.Inspecting;

namespace MappaFlows.Web.Tests.Inspect;

public sealed class InstancePageTests(ProductFactory product) : IClassFixture<ProductFactory>
{
    [Fact]
    public async Task It_shows_state_waits_and_history_in_words()
    {
        var id = await product.WaitingAsync();
        using var alex = await product.SignInAsync(InspectMaker.Administrator);

        var page = await alex.ReadAsync($"/inspect/{id}");

        Assert.Equal(id, page.Heading);
        Assert.Equal("Running", page.Document.QuerySelector(".govuk-tag--blue")!.TextContent);
        var waits = page.Document.QuerySelectorAll("#waits tbody tr").Select(row => row.TextContent).ToList();
        Assert.Contains(waits, wait => wait.Contains("Doorbell", StringComparison.Ordinal));
        Assert.Contains(waits, wait => wait.Contains("Timer", StringComparison.Ordinal) && wait.Contains(" at ", StringComparison.Ordinal));
        var history = page.Document.QuerySelectorAll("#history tbody tr").Select(row => row.TextContent).ToList();
        Assert.Contains("Began", history[0]);
        Assert.Contains(history, row => row.Contains("Activity asked for", StringComparison.Ordinal) && row.Contains("AttendToCase", StringComparison.Ordinal));
        Assert.Contains(history, row => row.Contains("Answer came", StringComparison.Ordinal) && row.Contains("AttendToCase", StringComparison.Ordinal));
        Assert.Equal(["Suspend", "Terminate"], Acts(page));
        Assert.Equal($"/inspect/{id.Replace("-screening", "", StringComparison.Ordinal)}", page.ActPath("MF-"));
    }

    [Fact]
    public async Task A_long_history_is_shown_in_pages()
    {
        var id = await product.WaitingAsync();
        for (var i = 0; i < 15; i++)
        {
            await product.Client().RaiseEventAsync(id, "Doorbell");
            await product.IdleAsync();
        }

        using var alex = await product.SignInAsync(InspectMaker.Administrator);
        var first = await alex.ReadAsync($"/inspect/{id}");
        var second = await alex.ReadAsync(first.Document.QuerySelector("[rel=next]")!.GetAttribute("href")!);

        Assert.Equal(50, first.Document.QuerySelectorAll("#history tbody tr").Length);
        Assert.InRange(second.Document.QuerySelectorAll("#history tbody tr").Length, 1, 50);
        Assert.Equal(404, (await alex.OpenAsync($"/inspect/{id}?pageNumber=99")).Status);
    }

    [Theory]
    [InlineData("/inspect/no-such")]
    [InlineData("/inspect/@entity")]
    [InlineData("/inspect/%2F%5C%23")]
    [InlineData("/inspect/do/Terminate")]
    [InlineData("/inspect/do/Explode?target=a")]
    [InlineData("/inspect/do/99?target=a")]
    [InlineData("/inspect/do/Terminate?target=no-such")]
    [InlineData("/inspect/do/RetryLetter?target=no%2Fsuch%3F")]
    [InlineData("/inspect/do/RetryParked?target=no-such")]
    [InlineData("/inspect/do/PurgeOld?target=someday")]
    public async Task What_is_not_there_is_not_found(string path)
    {
        using var alex = await product.SignInAsync(InspectMaker.Administrator);

        Assert.Equal(404, (await alex.OpenAsync(path)).Status);
    }

    [Fact]
    public async Task A_failed_orchestration_says_why_and_is_run_again_once_its_cause_is_mended()
    {
        var (id, mendAsync) = await product.FailedAsync();
        using var alex = await product.SignInAsync(InspectMaker.Administrator);
        var failed = await alex.ReadAsync($"/inspect/{id}");
        Assert.Contains("An orchestration runs for a case that does not exist.", failed.Text);
        Assert.Equal(["Run again", "Remove"], Acts(failed));
        await mendAsync();

        var answer = await alex.ConfirmAsync(failed.ActPath("Run again"), "The case is there now");
        var after = await alex.FollowAsync(answer);

        Assert.Contains("It runs again from its beginning.", after.Text);
        Assert.Equal(OrchestrationRuntimeStatus.Running, await product.StateAsync(id));
        var entry = await product.NewestEntryAsync();
        Assert.Equal((InspectMaker.Administrator, AdminAct.Retry, id, "The case is there now"), (entry.PersonId, entry.Act, entry.Target, entry.Reason));
        Assert.True(entry.Outcome!.IsDone);
    }

    [Fact]
    public async Task A_running_orchestration_is_terminated_and_then_removed()
    {
        var id = await product.WaitingAsync();
        using var alex = await product.SignInAsync(InspectMaker.Administrator);

        var ended = await alex.FollowAsync(await alex.ConfirmAsync($"/inspect/do/Terminate?target={id}", "It was started by mistake"));
        Assert.Contains("It was ended.", ended.Text);
        Assert.Equal(AdminAct.Terminate, (await product.NewestEntryAsync()).Act);
        Assert.Equal(OrchestrationRuntimeStatus.Terminated, await product.StateAsync(id));

        var removed = await alex.FollowAsync(await alex.ConfirmAsync($"/inspect/do/Purge?target={id}", "Nobody needs it"));
        Assert.Equal("Orchestrations", removed.Heading);
        Assert.Contains("It was removed with its history.", removed.Text);
        Assert.Null(await product.StateAsync(id));
        var audit = await alex.ReadAsync("/inspect/audit");
        var rows = audit.Document.QuerySelectorAll("tbody tr").Select(row => row.TextContent).Where(row => row.Contains(id, StringComparison.Ordinal)).ToList();
        Assert.Equal(2, rows.Count);
        Assert.Contains("Nobody needs it", rows[0]);
        Assert.Contains("Alex Admin", rows[1]);
        Assert.Contains("It was started by mistake", rows[1]);
    }

    [Fact]
    public async Task A_running_orchestration_is_suspended_and_resumed()
    {
        var id = await product.WaitingAsync();
        using var alex = await product.SignInAsync(InspectMaker.Administrator);

        var held = await alex.FollowAsync(await alex.ConfirmAsync($"/inspect/do/Suspend?target={id}", "Maintenance"));
        Assert.Equal(OrchestrationRuntimeStatus.Suspended, await product.StateAsync(id));
        await alex.FollowAsync(await alex.ConfirmAsync(held.ActPath("Resume"), "Maintenance is over"));

        Assert.Equal(OrchestrationRuntimeStatus.Running, await product.StateAsync(id));
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    public async Task Without_a_reason_nothing_is_done(string reason)
    {
        var id = await product.WaitingAsync();
        using var alex = await product.SignInAsync(InspectMaker.Administrator);

        var answer = await alex.ConfirmAsync($"/inspect/do/Terminate?target={id}", reason);

        Assert.Equal(422, answer.Status);
        Assert.Equal(["Enter the reason"], answer.Errors);
        Assert.Equal(OrchestrationRuntimeStatus.Running, await product.StateAsync(id));
    }

    [Fact]
    public async Task A_reason_that_is_too_long_comes_back_as_it_was_typed()
    {
        var id = await product.WaitingAsync();
        using var alex = await product.SignInAsync(InspectMaker.Administrator);
        var reason = new string('x', InspectDesk.LongestReason + 1);

        var answer = await alex.ConfirmAsync($"/inspect/do/Terminate?target={id}", reason);

        Assert.Equal(422, answer.Status);
        Assert.Equal(reason, answer.ValueOf("Reason"));
    }

    [Fact]
    public async Task The_same_form_sent_twice_is_one_act()
    {
        var id = await product.WaitingAsync();
        using var alex = await product.SignInAsync(InspectMaker.Administrator);
        var form = await alex.ReadAsync($"/inspect/do/Terminate?target={id}");

        var first = await alex.SubmitAsync(form, ("Reason", "Stuck"));
        var second = await alex.SubmitAsync(form, ("Reason", "Stuck"));

        Assert.Equal(303, second.Status);
        Assert.Equal(first.Location, second.Location);
    }

    [Fact]
    public async Task Who_comes_too_late_is_told_so_and_keeps_what_they_wrote()
    {
        var id = await product.WaitingAsync();
        using var alex = await product.SignInAsync(InspectMaker.Administrator);
        var late = await alex.ReadAsync($"/inspect/do/Suspend?target={id}");
        await alex.ConfirmAsync($"/inspect/do/Terminate?target={id}", "Stuck");

        var answer = await alex.SubmitAsync(late, ("Reason", "Hold it"));

        Assert.Equal(409, answer.Status);
        Assert.Equal(["This cannot be done any more: the orchestration is terminated."], answer.Errors);
        Assert.Equal("Hold it", answer.Document.QuerySelector("#not-recorded")!.TextContent);
        Assert.Equal(AdminAct.Terminate, (await product.NewestEntryAsync()).Act);
    }

    [Fact]
    public async Task A_banner_tells_only_the_person_who_did_it()
    {
        var id = await product.WaitingAsync();
        using var alex = await product.SignInAsync(InspectMaker.Administrator);
        await alex.ConfirmAsync($"/inspect/do/Suspend?target={id}", "Hold it");
        var number = (await product.NewestEntryAsync()).Sequence;

        Assert.NotNull((await alex.ReadAsync($"/inspect?entry={number}")).Document.QuerySelector(".govuk-notification-banner--success"));
        Assert.Null((await alex.ReadAsync("/inspect?entry=999999")).Document.QuerySelector(".govuk-notification-banner"));
    }

    private static List<string> Acts(BrowserPage page) => [.. page.Document.QuerySelectorAll("#acts a").Select(link => link.TextContent.Trim())];
}
