using MappaFlows.DurableTask.Embedded.Operations;

namespace MappaFlows.Workflows.Tests.Administration;

public sealed class AdminActionsTests : IAsyncLifetime
{
    private static readonly Person Admin = SamplePeople.Administrator;

    private Product _product = null!;

    private AdminActions Actions => _product.Get<AdminActions>();

    private UndeliveredEmails Undelivered => _product.Get<UndeliveredEmails>();

    public async ValueTask InitializeAsync() => _product = await Product.StartAsync();

    public ValueTask DisposeAsync() => _product.DisposeAsync();

    [Fact]
    public async Task Concurrent_identical_actions_run_once()
    {
        var id = new CaseInstanceIds(await _product.ReferAsync()).Screening;

        var results = await Task.WhenAll(
            Enumerable.Range(0, 6).Select(_ => Actions.DoAsync(Admin, new(AdminAction.Terminate, id, "Stuck"), "key")));

        var entry = Assert.Single(results.Select(result => Assert.IsType<AdminActionResult.Attempted>(result).Entry).Distinct());
        Assert.True(entry.Outcome!.IsDone);
        Assert.Single((await AuditAsync()).Entries);
        Assert.Equal(OrchestrationRuntimeStatus.Terminated, (await _product.Orchestrations.GetInstanceAsync(id, true))!.RuntimeStatus);
    }

    [Fact]
    public async Task A_key_that_was_used_for_something_else_is_refused()
    {
        var id = new CaseInstanceIds(await _product.ReferAsync()).Screening;
        await Actions.DoAsync(Admin, new(AdminAction.Suspend, id, "Hold"), "key");

        var other = await Actions.DoAsync(Admin, new(AdminAction.Terminate, id, "Hold"), "key");

        var refused = Assert.IsType<AdminActionResult.Refused>(other);
        Assert.Equal(RefusalKind.Conflict, refused.Kind);
        Assert.Equal("This form was sent before for another action. Nothing was changed. Open the page again.", Assert.Single(refused.Problems).Message);
        Assert.Equal(OrchestrationRuntimeStatus.Suspended, (await _product.Orchestrations.GetInstanceAsync(id, true))!.RuntimeStatus);
    }

    [Fact]
    public async Task The_same_key_again_gives_the_recorded_outcome()
    {
        var id = new CaseInstanceIds(await _product.ReferAsync()).Screening;
        var first = await Actions.DoAsync(Admin, new(AdminAction.Suspend, id, "Hold"), "key");
        await Actions.DoAsync(Admin, new(AdminAction.Resume, id, "Go on"), "other");

        var again = await Actions.DoAsync(Admin, new(AdminAction.Suspend, id, " Hold "), "key");

        Assert.Equal(first, again);
        Assert.Equal(OrchestrationRuntimeStatus.Running, (await _product.Orchestrations.GetInstanceAsync(id, true))!.RuntimeStatus);
        Assert.Equal([3, 1], (await AuditAsync()).Entries.Select(entry => entry.Sequence));
    }

    [Fact]
    public async Task The_same_key_of_another_person_is_another_action()
    {
        var id = new CaseInstanceIds(await _product.ReferAsync()).Screening;
        var other = Admin with { Id = "another", Name = "Another administrator" };
        await _product.Get<TablePeopleDirectory>().SaveAsync([other], []);
        await Actions.DoAsync(Admin, new(AdminAction.Suspend, id, "Hold"), "key");

        Assert.IsType<AdminActionResult.Attempted>(await Actions.DoAsync(other, new(AdminAction.Terminate, id, "Stuck"), "key"));

        Assert.Equal(["another", Admin.Id], (await AuditAsync()).Entries.Select(entry => entry.PersonId));
    }

    [Fact]
    public async Task Obstacle_is_told_and_not_logged()
    {
        var result = await Actions.DoAsync(Admin, new(AdminAction.Purge, "unknown", "Tidy"), "key");

        Assert.Equal(RefusalKind.NotFound, Assert.IsType<AdminActionResult.Refused>(result).Kind);
        Assert.Null(await _product.Get<StreamStore>().HeadAsync(_product.Get<AdminLogModel>().Log));
    }

    [Fact]
    public async Task Action_of_a_person_whose_role_was_taken_away_since_sign_in_is_refused_and_not_logged()
    {
        var id = new CaseInstanceIds(await _product.ReferAsync()).Screening;
        await _product.Get<TablePeopleDirectory>().SaveAsync([Admin with { Roles = [] }], []);

        var result = await Actions.DoAsync(Admin, new(AdminAction.Terminate, id, "Stuck"), "key");

        Assert.Equal(RefusalKind.Forbidden, Assert.IsType<AdminActionResult.Refused>(result).Kind);
        Assert.Empty((await AuditAsync()).Entries);
    }

    [Fact]
    public async Task Resent_action_without_outcome_is_completed()
    {
        var id = new CaseInstanceIds(await _product.ReferAsync()).Screening;
        await _product.Get<CommandHandler<AdminLogState>>()
            .ExecuteAsync(Admin, AdminLogModel.Id, new RequestAction(AdminAction.Terminate, id, "Stuck"), Hashing.OfParts(Admin.Id, "key"));
        await _product.CrashAndRestartAsync();

        var result = await Actions.DoAsync(Admin, new(AdminAction.Terminate, id, "Stuck"), "key");

        Assert.True(Assert.IsType<AdminActionResult.Attempted>(result).Entry.Outcome!.IsDone);
        Assert.Single((await AuditAsync()).Entries);
    }

    [Fact]
    public async Task Action_without_the_right_is_refused_and_not_logged()
    {
        var id = new CaseInstanceIds(await _product.ReferAsync()).Screening;

        var result = await Actions.DoAsync(SamplePeople.Coordinator, new(AdminAction.Terminate, id, "Stuck"), "key");

        Assert.Equal(RefusalKind.Forbidden, Assert.IsType<AdminActionResult.Refused>(result).Kind);
        Assert.Empty((await AuditAsync()).Entries);
    }

    [Fact]
    public async Task A_persons_reason_is_in_no_history_and_in_no_log()
    {
        var id = new CaseInstanceIds(await _product.ReferAsync()).Screening;

        await Actions.DoAsync(Admin, new(AdminAction.Suspend, id, "Unmistakable"), "a");
        await Actions.DoAsync(Admin, new(AdminAction.Resume, id, "Unmistakable"), "b");
        await Actions.DoAsync(Admin, new(AdminAction.Terminate, id, "Unmistakable"), "c");

        var details = (await _product.Get<IOrchestrationOperations>().GetAsync(id))!;
        Assert.Contains(details.History, row => row.Detail == "Audit entry 1");
        Assert.DoesNotContain(details.History, row => row.Detail?.Contains("Unmistakable", StringComparison.Ordinal) == true);
        Assert.DoesNotContain("Unmistakable", details.Metadata.SerializedOutput!);
        Assert.DoesNotContain(_product.Log.Lines, line => line.Contains("Unmistakable", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Old_orchestrations_that_ended_are_removed_and_all_others_stay()
    {
        var refused = await _product.ReferAsync();
        await _product.DoAsync(SamplePeople.Coordinator, refused, new DecideScreening { Outcome = ScreeningOutcome.Refuse, Reasons = "It does not meet the test." });
        var live = await _product.ReferAsync();
        await _product.AdvanceAsync(TimeSpan.FromDays(10));
        var late = await _product.ReferAsync();
        await _product.DoAsync(SamplePeople.Coordinator, late, new DecideScreening { Outcome = ScreeningOutcome.Refuse, Reasons = "It does not meet the test." });

        var result = await Actions.DoAsync(Admin, new(AdminAction.PurgeOld, "2026-06-11", "Tidy"), "key");

        Assert.Equal("2 orchestrations were removed.", Assert.IsType<AdminActionResult.Attempted>(result).Entry.Outcome!.Message);
        Assert.Null(await _product.Orchestrations.GetInstanceAsync(new CaseInstanceIds(refused).Lifecycle));
        Assert.NotNull(await _product.Orchestrations.GetInstanceAsync(new CaseInstanceIds(live).Lifecycle));
        Assert.NotNull(await _product.Orchestrations.GetInstanceAsync(new CaseInstanceIds(late).Lifecycle));
        Assert.Equal(CaseStage.Refused, (await _product.CaseAsync(refused)).Stage);
    }

    [Theory]
    [InlineData("tomorrow")]
    [InlineData("2026-06-02")]
    [InlineData("9999-12-31")]
    public async Task A_purge_of_a_day_to_come_or_of_none_is_refused(string day) =>
        Assert.IsType<AdminActionResult.Refused>(await Actions.DoAsync(Admin, new(AdminAction.PurgeOld, day, "Tidy"), "key"));

    [Fact]
    public async Task The_first_day_of_all_removes_nothing()
    {
        await _product.ReferAsync();

        var result = await Actions.DoAsync(Admin, new(AdminAction.PurgeOld, "0001-01-01", "Tidy"), "key");

        Assert.Equal("0 orchestrations were removed.", Assert.IsType<AdminActionResult.Attempted>(result).Entry.Outcome!.Message);
    }

    [Fact]
    public async Task An_email_that_is_tried_again_is_sent_once_to_the_address_of_now()
    {
        var letter = await MakeUndeliveredAsync();
        await _product.Get<TablePeopleDirectory>().SaveAsync([SamplePeople.Coordinator], []);

        var first = await Actions.DoAsync(Admin, new(AdminAction.RetryEmail, letter.EmailRequest.Id, "Address mended"), "a");
        var second = await Actions.DoAsync(Admin, new(AdminAction.RetryEmail, letter.EmailRequest.Id, "Once more"), "b");

        Assert.True(Assert.IsType<AdminActionResult.Attempted>(first).Entry.Outcome!.IsDone);
        Assert.Equal(RefusalKind.NotFound, Assert.IsType<AdminActionResult.Refused>(second).Kind);
        Assert.Single(_product.Emails.To(SamplePeople.Coordinator));
        Assert.Empty(await Undelivered.PageAsync(10));
        Assert.Empty(await _product.Get<OutboxIndex>().ListAsync(10, CancellationToken.None));
    }

    [Fact]
    public async Task An_email_that_fails_again_is_on_the_list_again_and_the_outcome_says_so()
    {
        var letter = await MakeUndeliveredAsync();

        var result = await Actions.DoAsync(Admin, new(AdminAction.RetryEmail, letter.EmailRequest.Id, "Try"), "a");

        var outcome = Assert.IsType<AdminActionResult.Attempted>(result).Entry.Outcome!;
        Assert.False(outcome.IsDone);
        Assert.Contains("There is no address for the recipient.", outcome.Message);
        Assert.Equal(letter.EmailRequest, Assert.Single(await Undelivered.PageAsync(10)).EmailRequest);
    }

    [Fact]
    public async Task An_email_put_back_just_before_a_crash_is_sent_by_the_sweep()
    {
        var letter = await MakeUndeliveredAsync();
        await _product.Get<TablePeopleDirectory>().SaveAsync([SamplePeople.Coordinator], []);
        Assert.NotNull(await Undelivered.PutBackAsync(letter.EmailRequest.Id));
        await _product.CrashAndRestartAsync();

        await _product.Get<Sweep>().RunAsync(TimeSpan.Zero);

        Assert.Single(_product.Emails.To(SamplePeople.Coordinator));
        Assert.Empty(await Undelivered.PageAsync(10));
    }

    [Fact]
    public async Task Undelivered_emails_are_paged()
    {
        for (var i = 0; i < 3; i++) await MakeUndeliveredAsync();

        var first = await Undelivered.PageAsync(2);
        var second = await Undelivered.PageAsync(2, first[^1].EmailRequest.Id);

        Assert.Equal(3, first.Concat(second).Select(letter => letter.EmailRequest.Id).Distinct().Count());
        Assert.Single(second);
        Assert.Null(await Undelivered.FindAsync("no/key?"));
    }

    private async Task<UndeliveredEmail> MakeUndeliveredAsync()
    {
        await _product.Get<TablePeopleDirectory>().SaveAsync([SamplePeople.Coordinator with { Email = "" }], []);
        var reference = await _product.ReferAsync();
        return (await Undelivered.PageAsync(10)).Single(letter => letter.EmailRequest.Reference == reference);
    }

    private Task<AdminLogPage> AuditAsync() => _product.Get<AdminLog>().PageAsync(null, 10);
}
