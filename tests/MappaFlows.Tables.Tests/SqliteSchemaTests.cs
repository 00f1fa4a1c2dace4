using System.Text.RegularExpressions;
using MappaFlows.Tables.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace MappaFlows.Tables.Tests;

/// <summary>Files as released versions wrote them, against the program of today: each is kept as text beside the tests.</summary>
public sealed partial class SqliteSchemaTests : IDisposable
{
    private const string Case = "MA-2026-0001";

    private static readonly Dictionary<string, object> EveryType = new()
    {
        ["Text"] = "Ångström, ½ and 😀",
        ["Empty"] = "",
        ["Int"] = -7,
        ["Long"] = long.MaxValue,
        ["Bool"] = true,
        ["Double"] = 0.1,
        ["When"] = new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero).AddTicks(1),
        ["Id"] = new Guid("0f8fad5b-d9cb-469f-a165-70867728950e"),
        ["Bytes"] = new byte[] { 0, 1, 255 },
    };

    private static readonly SqliteMigration Next = new(
        SqliteSchema.Migrations[^1].Version + 1, "A test's", "ALTER TABLE tables ADD COLUMN note TEXT; CREATE TABLE extra (id INTEGER)");

    private readonly TemporaryFolder _folder = new();

    private string File => _folder.File("store.db");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_file_of_version_1_holds_what_it_held()
    {
        Make(version: 1);
        await using var store = new SqliteTableStore(File);
        Assert.Equal(EveryType, (await store.GetAsync("Cases", Case, "event-0000000001"))!.Properties);
        Assert.Equal(
            ["event-0000000001", "event-0000000002", "😀", "\uFFFD"],
            (await store.QueryAsync("cases", Case, RowRange.All)).Entities.Select(entity => entity.Row));
        Assert.Equal(Case, (await store.GetAsync("Index", "due", "2026-03-02"))!.Properties["Case"]);
    }

    [Fact]
    public async Task A_file_of_version_1_is_written_to_by_the_etags_it_has_and_gives_none_of_them_again()
    {
        Make(version: 1);
        await using var store = new SqliteTableStore(File);
        var before = (await store.QueryAsync("Cases", Case, RowRange.All)).Entities;
        var etags = await store.CommitAsync("Cases", Case, [.. before.Select(entity => new Replace(entity.Row, EveryType, entity.ETag))]);
        Assert.Empty(etags.Intersect(before.Select(entity => entity.ETag)));
        await Assert.ThrowsAsync<EntityChangedException>(async () =>
            await store.CommitAsync("Cases", Case, [new Replace(before[0].Row, EveryType, before[0].ETag)]));
        Assert.All((await store.QueryAsync("Cases", Case, RowRange.All)).Entities, entity => Assert.Equal(EveryType, entity.Properties));
    }

    [Fact]
    public async Task A_file_of_version_1_is_brought_to_the_last_version_and_beyond_with_all_that_it_holds()
    {
        Make(version: 1);
        await new SqliteTableStore(File).DisposeAsync();
        Assert.Equal(SqliteSchema.Migrations.Select(m => (long)m.Version), Versions());

        await using (
            var later =
                new SqliteTableStore(File, [.. SqliteSchema.Migrations, Next], TimeProvider.System, NullLogger<SqliteTableStore>.Instance))
        {
            Assert.Equal(EveryType, (await later.GetAsync("Cases", Case, "event-0000000001"))!.Properties);
        }

        Assert.Equal([.. SqliteSchema.Migrations.Select(m => (long)m.Version), Next.Version], Versions());
    }

    [Fact]
    public void A_file_of_a_newer_version_is_refused_in_plain_words_and_left_as_it_is()
    {
        Make(version: 1);
        using (var connection = new SqliteConnection(File, TimeSpan.Zero))
            connection.Execute("INSERT INTO schema_version VALUES (99, 'Of another day', '2046-01-01')");
        var before = Schema();

        var refused = Assert.Throws<TableFileException>(() => new SqliteTableStore(File));

        Assert.Equal(
            $"The store's file has version 99; this program knows versions up to {SqliteSchema.Migrations[^1].Version}. Run the newer program.", refused.Message);
        Assert.Equal(before, Schema());
    }

    [Fact]
    public void A_released_version_is_still_made_as_it_was_released()
    {
        Make(version: 1);
        var released = Schema();
        System.IO.File.Delete(File);

        using (SqliteFile.Open(
            File,
            [.. SqliteSchema.Migrations.Take(1)],
            TimeSpan.Zero,
            TimeSpan.Zero,
            TimeSpan.FromMinutes(1),
            TimeProvider.System,
            NullLogger.Instance, mark: null))
        {
            Assert.Equal(released, Schema());
        }
    }

    /// <summary>Writes the file of a released version.</summary>
    private void Make(int version)
    {
        using var connection = new SqliteConnection(File, TimeSpan.Zero);
        connection.Execute(System.IO.File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Schemas", $"v{version}.sql")));
    }

    private List<long> Versions()
    {
        using var connection = new SqliteConnection(File, TimeSpan.Zero);
        return [.. connection.ReadTexts("SELECT CAST(version AS TEXT) FROM schema_version ORDER BY version").Select(long.Parse)];
    }

    private List<string> Schema()
    {
        using var connection = new SqliteConnection(File, TimeSpan.Zero);
        return [.. connection.ReadTexts("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name").Select(sql => Space().Replace(sql, " "))];
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();
}
