using MappaFlows.DurableTask.Embedded.Operations;

namespace MappaFlows.Workflows.Tests.Audit;

/// <summary>A check as an administrator begins it, on the engine.</summary>
public sealed class VerifyCheckpointsTests : IAsyncLifetime
{
    private static readonly Person Admin = SamplePeople.Administrator;

    private Product _product = null!;

    private AdminActions Actions => _product.Get<AdminActions>();

    private Verifications Checks => _product.Get<Verifications>();

    public async ValueTask InitializeAsync() => _product = await Product.StartAsync();

    public ValueTask DisposeAsync() => _product.DisposeAsync();

    [Fact]
    public async Task A_check_of_everything_runs_to_its_end_and_its_history_names_no_one()
    {
        await _product.AcceptAsync(ManagementLevel.Level2);
        await _product.Get<CheckpointWriter>().RunIfDueAsync();

        var entry = await BeginAsync(Verifications.All);

        Assert.Equal("The verification has started.", entry.Outcome!.Message);
        var (progress, isRunning) = (await Checks.LastAsync())!;
        Assert.False(isRunning);
        Assert.Equal((true, 1, 1, 0), (progress.IsOver, progress.Checkpoints, progress.Entries, progress.Discrepancies));
        var details = (await _product.Get<IOrchestrationOperations>().GetAsync(CaseInstanceIds.VerifyCheckpoints(entry.Sequence)))!;
        Assert.Equal(OrchestrationRuntimeStatus.Completed, details.Metadata.RuntimeStatus);
        Assert.Equal("""{"Checked":1,"Of":1,"Discrepancies":0}""", details.Metadata.SerializedCustomStatus);
        Assert.DoesNotContain(SampleReferrals.FamilyName, details.Metadata.SerializedOutput);
    }

    [Fact]
    public async Task A_check_of_years_of_checkpoints_continues_as_new_and_counts_them_all()
    {
        const int checkpoints = 120;
        await PutAsync(checkpoints);

        var entry = await BeginAsync(Verifications.All);

        var (progress, isRunning) = (await Checks.LastAsync())!;
        Assert.False(isRunning);
        Assert.Equal((checkpoints, 0, 0), (progress.Checkpoints, progress.Entries, progress.Discrepancies));
        var details = (await _product.Get<IOrchestrationOperations>().GetAsync(CaseInstanceIds.VerifyCheckpoints(entry.Sequence)))!;
        Assert.InRange(details.History.Count, 1, 300);
    }

    [Fact]
    public async Task Single_checkpoint_is_verified_by_number()
    {
        await PutAsync(3);

        await BeginAsync("2");

        var progress = (await Checks.LastAsync())!.Progress;
        Assert.Equal((2, 2, 2), (progress.First, progress.Last, progress.Through));
        Assert.Equal(
            [false, true, false],
            (await _product.Get<CheckpointIndex>().PageAsync(null, 10)).Select(checkpoint => checkpoint.CheckedAt is not null));
    }

    [Fact]
    public async Task A_check_that_a_crash_interrupts_goes_on()
    {
        await PutAsync(30);
        await Actions.DoAsync(Admin, new(AdminAction.VerifyCheckpoints, Verifications.All, "Yearly"), "key");
        await _product.CrashAndRestartAsync();
        await _product.AdvanceAsync(TimeSpan.FromMinutes(10));

        var (progress, isRunning) = (await Checks.LastAsync())!;

        Assert.Equal((false, true, 30), (isRunning, progress.IsOver, progress.Checkpoints));
    }

    [Fact]
    public async Task A_second_check_waits_for_the_first_and_one_that_was_stopped_holds_up_none()
    {
        await PutAsync(1);
        const string first = "checkpoint-verification-1";
        await Checks.BeginAsync(first, (1, 400));
        await _product.Orchestrations.SuspendInstanceAsync(first);
        Assert.True((await Checks.LastAsync())!.IsRunning);
        Assert.Equal(RefusalKind.Conflict, (await Actions.FindObstacleAsync(AdminAction.VerifyCheckpoints, Verifications.All))!.Kind);

        await _product.Orchestrations.TerminateInstanceAsync(first);
        await _product.AdvanceAsync(TimeSpan.Zero);

        Assert.False((await Checks.LastAsync())!.IsRunning);
        Assert.Null(await Actions.FindObstacleAsync(AdminAction.VerifyCheckpoints, Verifications.All));
    }

    [Theory]
    [InlineData("all")]
    [InlineData("1")]
    [InlineData("")]
    [InlineData("-1")]
    [InlineData("99999999999999999999")]
    public async Task Unknown_checkpoint_number_is_refused(string target) =>
        Assert.Equal(RefusalKind.NotFound, (await Actions.FindObstacleAsync(AdminAction.VerifyCheckpoints, target))!.Kind);

    private async Task<AdminLogEntry> BeginAsync(string target)
    {
        var result = await Actions.DoAsync(Admin, new(AdminAction.VerifyCheckpoints, target, "Yearly"), "key");
        await _product.AdvanceAsync(TimeSpan.Zero);
        return Assert.IsType<AdminActionResult.Attempted>(result).Entry;
    }

    /// <summary>Puts so many anchors of no case into the vault, and lets a run take them in.</summary>
    private async Task PutAsync(int count)
    {
        PreviousDocument? previous = null;
        for (var number = 1; number <= count; number++)
        {
            var content = new CheckpointDocument(number, Product.Start, previous, []).ToBytes();
            await _product.Get<ICheckpointStore>().TryPutAsync(CheckpointDocument.NameOf(number), content);
            previous = new(CheckpointDocument.NameOf(number), CheckpointDocument.HashOf(content));
        }

        await _product.Get<CheckpointWriter>().RunIfDueAsync();
    }
}
