using MappaFlows.Testing.Tables;

namespace MappaFlows.Tables.Tests;

/// <summary>The contract on SQLite, on a real file.</summary>
public sealed class SqliteContractTests : TableStoreContract, IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly SqliteTableStore _store;

    public SqliteContractTests() => _store = new SqliteTableStore(_folder.File("store.db"));

    protected override ITableStore Store => _store;

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        _folder.Dispose();
    }
}
