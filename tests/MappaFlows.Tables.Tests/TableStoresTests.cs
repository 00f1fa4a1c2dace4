using MappaFlows.Testing.Azurite;

namespace MappaFlows.Tables.Tests;

public sealed class TableStoresTests(AzuriteFixture azurite) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("sqlite")]
    [InlineData("SQLite")]
    public async Task The_word_sqlite_opens_a_file_in_the_data_folder_and_makes_the_folder(string word)
    {
        await using var store = Assert.IsType<SqliteTableStore>(await TableStores.OpenAsync(word, _folder.File("data")));
        Assert.True(File.Exists(Path.Combine(_folder.File("data"), TableStores.SqliteFileName)));
    }

    [Fact]
    public async Task A_connection_string_opens_the_account_that_it_names()
    {
        var store = Assert.IsType<AzureTableStore>(await TableStores.OpenAsync(azurite.ConnectionString, _folder.File("unused")));
        var table = "T" + Guid.NewGuid().ToString("N");
        await store.CommitAsync(table, "p", [new Insert("r", new Dictionary<string, object> { ["Number"] = 1 })]);
        Assert.NotNull(await store.GetAsync(table, "p", "r"));
        Assert.False(Directory.Exists(_folder.File("unused")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("mysql")]
    [InlineData("http://secret.table.core.windows.net")]
    [InlineData("AccountName=secret;AccountKey=secret")]
    [InlineData("AccountKey=secret=;;=")]
    public async Task What_names_no_store_is_refused_without_being_repeated(string store)
    {
        var refused = await Assert.ThrowsAsync<ArgumentException>(() => TableStores.OpenAsync(store, _folder.File("data")));
        Assert.DoesNotContain("secret", refused.ToString());
    }
}
