using System.Globalization;
using Microsoft.DurableTask.Client;

namespace MappaFlows.Workflows.Audit;

/// <summary>Begins checks of checkpoints, and tells how the last one stands.</summary>
public sealed class Verifications(
    ICheckpointStore checkpointStore,
    CheckpointIndex checkpoints,
    IDurableTaskClientProvider orchestrations,
    TimeProvider time)
{
    /// <summary>What is checked, where it is not one checkpoint by its number.</summary>
    public const string All = "all";

    /// <summary>The checkpoints that a target names; null where it names none that there is.</summary>
    public async Task<(long First, long Last)?> FindAsync(string target, CancellationToken cancellationToken = default)
    {
        if (target == All)
        {
            return await CheckpointRange.FindAsync(checkpointStore, checkpoints, cancellationToken) is { Newest: > 0 and var newest }
                ? (1, newest)
                : null;
        }

        return long.TryParse(target, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && await checkpoints.FindAsync(number, cancellationToken) is not null
                ? (number, number)
                : null;
    }

    /// <summary>Begins a check. The same id again is the same check.</summary>
    public async Task BeginAsync(string instanceId, (long First, long Last) range, CancellationToken cancellationToken = default)
    {
        var (first, last) = range;
        var progress = new VerificationProgress(instanceId, first, last, first - 1, time.GetUtcNow());
        await checkpoints.KeepAsync(progress, cancellationToken: cancellationToken);
        // Where it runs already it was begun before, and that is what was asked.
        await orchestrations.GetClient().StartOnceAsync(nameof(VerifyCheckpoints), instanceId, progress, cancellationToken);
    }

    /// <summary>The check that was begun last, and whether it goes on; null where there was none.</summary>
    public async Task<LastVerification?> LastAsync(CancellationToken cancellationToken = default)
    {
        if (await checkpoints.LastVerificationAsync(cancellationToken) is not { } progress) return null;
        if (progress.IsOver) return new(progress, IsRunning: false);
        var instance = await orchestrations.GetClient().GetInstanceAsync(progress.InstanceId, cancellationToken);
        return new(progress, instance is { IsCompleted: false });
    }
}

/// <summary>The check that was begun last.</summary>
/// <param name="IsRunning">Whether it goes on. One that neither runs nor is over was stopped.</param>
public sealed record LastVerification(VerificationProgress Progress, bool IsRunning);
