using MappaFlows.DurableTask.Embedded.Engine.Storage;
using MappaFlows.Tables;
using Microsoft.Extensions.Time.Testing;

namespace MappaFlows.DurableTask.Embedded.Tests;

/// <summary>
/// The clock of leases and polls of all hosts on a store, moved by a test. On a busy machine a host needs real time to renew its lease, so
/// the clock waits for it: no host loses its lease because it was not given a processor.
/// </summary>
internal sealed class HostClock(ITableStore store) : FakeTimeProvider(EmbeddedHost.Epoch)
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(250);

    // A host renews after a quarter of its lease.
    private static readonly TimeSpan MaxSilence = new EmbeddedDurableTaskOptions().LeaseDuration / 2;

    private const int LooksPerCreep = 50;
    private static readonly TimeSpan MaxCreep = new EmbeddedDurableTaskOptions().LeaseDuration * 3 / 4;

    private HostRow? _row;
    private DateTimeOffset _rowSince;

    /// <summary>True while a test wants the host that holds the lease to lose it.</summary>
    public bool LeaseMayLapse { get; set; }

    /// <summary>Moves on until something has happened.</summary>
    public Task UntilAsync(Func<bool> happened) => Wait.UntilAsync(async () =>
    {
        if (happened())
            return true;
        await StepAsync(Step);
        return false;
    });

    /// <summary>Moves on, as soon as the host that holds the lease has kept it.</summary>
    public async Task StepAsync(TimeSpan step)
    {
        var looks = 0;
        await Wait.UntilAsync(async () =>
        {
            if (LeaseMayLapse || await SilenceAsync() < MaxSilence)
                return true;

            // The host may have begun its wait only after the clock was moved. So the clock creeps on, well within the lease.
            if (++looks % LooksPerCreep == 0 && await SilenceAsync() < MaxCreep)
                Advance(Step);
            return false;
        });
        Advance(step);
    }

    /// <summary>For how long the host that holds the lease has shown no life.</summary>
    private async Task<TimeSpan> SilenceAsync()
    {
        var row = (await Journal.ReadAsync(store, EngineRows.Table, TestContext.Current.CancellationToken))?.Row;
        if (row != _row)
            (_row, _rowSince) = (row, GetUtcNow());
        var isHeld = row is { Owner.Length: > 0 } && !HostIdentity.IsGone(row.Owner);
        return isHeld ? GetUtcNow() - _rowSince : TimeSpan.Zero;
    }
}
