using MappaFlows.Testing.Tables;

namespace MappaFlows.Tables.Tests;

/// <summary>The contract on SQLite, on a real file.</summary>
public sealed class SqliteContractTests : TableStoreContract, IAsyncDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly SqliteTableStore store;

    public SqliteContractTests() => store = new SqliteTableStore(folder.File("store.db"));

    protected override ITableStore Store => store;

    public async ValueTask DisposeAsync()
    {
        await store.DisposeAsync();
        folder.Dispose();
    }
}
