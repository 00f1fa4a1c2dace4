using MappaFlows.DurableTask.Contract;
using MappaFlows.Tables;
using Microsoft.Extensions.Time.Testing;

namespace MappaFlows.DurableTask.Embedded.Tests;

/// <summary>An engine on a SQLite file of its own, which goes with it.</summary>
internal static class SqliteEngine
{
    public static Task<EmbeddedHost> StartAsync(
        Action<DurableTaskRegistry> register,
        Action<EmbeddedDurableTaskOptions>? configure = null,
        Func<ITableStore, ITableStore>? decorate = null,
        FakeTimeProvider? time = null) =>
        StartAsync(new EngineSetup(register), configure, decorate, time);

    /// <param name="decorate">What to put between the engine and its file.</param>
    public static async Task<EmbeddedHost> StartAsync(
        EngineSetup setup,
        Action<EmbeddedDurableTaskOptions>? configure = null,
        Func<ITableStore, ITableStore>? decorate = null,
        FakeTimeProvider? time = null)
    {
        var folder = Directory.CreateTempSubdirectory("mappaflows-");
        var store = new SqliteTableStore(Path.Combine(folder.FullName, "engine.db"));
        return await EmbeddedHost.StartAsync(decorate?.Invoke(store) ?? store, setup, configure, time, async () =>
        {
            await store.DisposeAsync();
            folder.Delete(recursive: true);
        });
    }
}
