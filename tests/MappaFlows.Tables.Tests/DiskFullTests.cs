using System.Globalization;
using MappaFlows.Tables.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace MappaFlows.Tables.Tests;

/// <summary>A file that may not grow any more, as on a full disk.</summary>
public sealed class DiskFullTests : IDisposable
{
    private const int Pages = 60;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_full_disk_refuses_writes_loses_nothing_that_was_answered_and_works_again_when_there_is_room()
    {
        var full = new SqliteMigration(
            SqliteSchema.Migrations[^1].Version + 1, "A full disk", $"PRAGMA max_page_count = {Pages.ToString(CultureInfo.InvariantCulture)}");
        await using var store = new SqliteTableStore(
            _folder.File("store.db"), [.. SqliteSchema.Migrations, full], TimeProvider.System, NullLogger<SqliteTableStore>.Instance);
        var answered = new List<string>();
        TableUnavailableException? refused = null;
        while (refused is null && answered.Count < 1_000)
        {
            var row = $"row-{answered.Count:D4}";
            try
            {
                await store.CommitAsync("Cases", "p", [new Insert(row, Body(answered.Count))]);
                answered.Add(row);
            }
            catch (TableUnavailableException exception)
            {
                refused = exception;
            }
        }

        Assert.NotNull(refused);
        Assert.InRange(answered.Count, 10, 900);
        Assert.Equal(answered, (await store.ReadAllAsync("Cases", "p", RowRange.All).ToListAsync()).Select(entity => entity.Row));

        // Reads go on, and so do writes once something makes room.
        foreach (var row in answered.Take(5)) await store.CommitAsync("Cases", "p", [new Delete(row)]);
        await store.CommitAsync("Cases", "p", [new Insert("after", Body(0))]);
        Assert.NotNull(await store.GetAsync("Cases", "p", "after"));
        Assert.Equal(answered.Count - 4, (await store.ReadAllAsync("Cases", "p", RowRange.All).ToListAsync()).Count);
    }

    private static Dictionary<string, object> Body(int seed)
    {
        var bytes = new byte[2_000];
        new Random(seed).NextBytes(bytes);
        return new() { ["Bytes"] = bytes };
    }
}
