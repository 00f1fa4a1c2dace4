using MappaFlows.Core.Administration;
using MappaFlows.Testing.Azurite;
using MappaFlows.Workflows.Administration;
using MappaFlows.Workflows.Audit;
using MappaFlows.Workflows.Orchestrations;
using MappaFlows.Workflows.People;
using Sweeping = MappaFlows.Workflows.Sweeping;

namespace MappaFlows.Functions.Tests.Product;

/// <summary>Anchors as blobs, and a check of them on Microsoft's engine.</summary>
[Collection(nameof(OneAtATime))]
public sealed class CheckpointsOnMicrosoftsEngineTests
{
    [Fact]
    public async Task Verification_on_the_vendor_engine_finds_a_missing_checkpoint()
    {
        await using var storage = await StorageEmulator.StartAsync(TestContext.Current.CancellationToken);
        await using var journey = await Journey.StartAsync(storage.ConnectionString);
        await journey.ReferAsync();
        using var alex = journey.Site.As("alex", "administrator@hampshire@police");
        await alex.OpenAsync("/");
        Assert.Equal(
            0,
            (await journey.Site.Get<Sweeping.Sweep>().RunAsync(Sweeping.Sweep.Grace, TestContext.Current.CancellationToken)).Failed);

        var whole = await CheckAsync(journey, "whole");
        Assert.Equal((1, 1, 0), (whole.Checkpoints, whole.Entries, whole.Discrepancies));

        // An anchor that was never made, as though the second were lost.
        await journey.Site.Get<CheckpointIndex>().AddAsync(
            new(2, journey.Site.Clock.GetUtcNow(), 1, ""),
            TestContext.Current.CancellationToken);
        var found = Assert.Single((await CheckAsync(journey, "lost")).Sample);
        Assert.Equal((DiscrepancyKind.CheckpointMissing, 2), (found.Kind, found.Checkpoint));
    }

    private static async Task<VerificationProgress> CheckAsync(Journey journey, string key)
    {
        var alex = (await journey.Site.Get<IPeopleDirectory>().FindAsync("alex", TestContext.Current.CancellationToken))!;
        var result = await journey.Site.Get<AdminActions>().DoAsync(
            alex,
            new(AdminAction.VerifyCheckpoints, Verifications.All, "Yearly"),
            key,
            TestContext.Current.CancellationToken);
        var id = CaseInstanceIds.VerifyCheckpoints(Assert.IsType<AdminActionResult.Attempted>(result).Entry.Sequence);
        var ended = await journey.Site.Orchestrations.WaitForInstanceCompletionAsync(id, TestContext.Current.CancellationToken);
        Assert.Equal(OrchestrationRuntimeStatus.Completed, ended.RuntimeStatus);
        var check = (await journey.Site.Get<Verifications>().LastAsync(TestContext.Current.CancellationToken))!;
        Assert.False(check.IsRunning);
        return check.Progress;
    }
}
