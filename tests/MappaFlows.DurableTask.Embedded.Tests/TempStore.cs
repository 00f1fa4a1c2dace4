using MappaFlows.Tables;

namespace MappaFlows.DurableTask.Embedded.Tests;

/// <summary>A store on a SQLite file of its own, for tests that start several hosts on it.</summary>
internal sealed class TempStore : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mappaflows-");
    private readonly SqliteTableStore _store;

    public TempStore() => _store = new SqliteTableStore(Path.Combine(_folder.FullName, "engine.db"));

    public ITableStore Store => _store;

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
