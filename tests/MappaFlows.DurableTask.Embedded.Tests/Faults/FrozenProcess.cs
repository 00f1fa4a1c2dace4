using System.Diagnostics;
using MappaFlows.Tables;

namespace MappaFlows.DurableTask.Embedded.Tests.Faults;

/// <summary>This program once more, as a host that hangs in the midst of a commit until it is told to go on.</summary>
internal sealed class FrozenProcess : IDisposable
{
    public const string Argument = "--frozen";

    /// <summary>How long it may hang before it is replaced.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(4);

    private const string Frozen = "frozen";
    private const string Lost = "lost";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(10);

    private readonly Process _process;

    private FrozenProcess(Process process) => _process = process;

    /// <summary>Works until the point, and hangs there.</summary>
    public static async Task<FrozenProcess> StartAsync(KillPoint point, string file)
    {
        var frozen = new FrozenProcess(DoomedProcess.Start(Argument, point.Name, file));
        Assert.Equal(Frozen, await frozen.SaysAsync());
        return frozen;
    }

    /// <summary>Lets it go on with its commit.</summary>
    /// <returns>Whether it found that it has lost its lease.</returns>
    public async Task<bool> ThawAsync()
    {
        await _process.StandardInput.WriteLineAsync();
        return await SaysAsync() == Lost;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.Dispose();
    }

    public static async Task<int> RunAsync(string[] args)
    {
        var point = KillPoint.Named(args[0]);
        await using var store = new SqliteTableStore(args[1]);
        await using var host = await EmbeddedHost.StartAsync(new HangingStore(store, point.IsIt), point.Scenario.Register, Configure);
        await Scenario.StartAsync(host, 1);
        while (host.Engine.IsActive)
            await Task.Delay(Glance);
        await Console.Out.WriteLineAsync(Lost);
        return 0;
    }

    public static void Configure(EmbeddedDurableTaskOptions options)
    {
        FaultyHost.Eagerly(options);
        options.LeaseDuration = Lease;
    }

    private async Task<string?> SaysAsync() => await _process.StandardOutput.ReadLineAsync().WaitAsync(Patience);

    private sealed class HangingStore(ITableStore inner, Func<StoreCommit, bool> isIt) : ITableStore
    {
        private bool _hung;

        public ValueTask<Entity?> GetAsync(string table, string partition, string row, CancellationToken cancellationToken) =>
            inner.GetAsync(table, partition, row, cancellationToken);

        public ValueTask<EntityPage> QueryAsync(
            string table, string partition, RowRange range, int take, string? continuation, CancellationToken cancellationToken) =>
            inner.QueryAsync(table, partition, range, take, continuation, cancellationToken);

        public async ValueTask<IReadOnlyList<string>> CommitAsync(
            string table, string partition, IReadOnlyList<Change> changes, CancellationToken cancellationToken)
        {
            if (!_hung && isIt(new StoreCommit(table, changes)))
            {
                _hung = true;
                await Console.Out.WriteLineAsync(Frozen);
                await Console.In.ReadLineAsync(CancellationToken.None);
            }
            return await inner.CommitAsync(table, partition, changes, cancellationToken);
        }
    }
}
