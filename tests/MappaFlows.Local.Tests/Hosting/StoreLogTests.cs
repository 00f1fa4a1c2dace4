using MappaFlows.Local.Hosting;
using MappaFlows.Tables;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace MappaFlows.Local.Tests.Hosting;

public sealed class StoreLogTests
{
    [Fact]
    public async Task A_write_ahead_log_that_grew_is_told_once_and_on_the_health_page_until_it_is_small_again()
    {
        var bytes = 1L;
        var log = new StoreLog(() => bytes);
        var health = new StoreLogHealth(log);
        Assert.False(log.IsNewlyTooLarge());
        Assert.Equal(HealthStatus.Healthy, (await health.CheckHealthAsync(new())).Status);

        bytes = StoreLog.MaxBytes + 1;
        Assert.True(log.IsNewlyTooLarge());
        Assert.False(log.IsNewlyTooLarge());
        var told = await health.CheckHealthAsync(new());
        Assert.Equal(HealthStatus.Degraded, told.Status);
        Assert.Contains("128 MB", told.Description, StringComparison.Ordinal);

        bytes = 1;
        Assert.False(log.IsNewlyTooLarge());
        bytes = StoreLog.MaxBytes + 1;
        Assert.True(log.IsNewlyTooLarge());
    }

    [Fact]
    public async Task A_reader_that_is_left_open_makes_the_log_grow_and_the_store_says_how_large_it_is()
    {
        using var data = new DataFolder();
        var path = Path.Combine(data.Path, "mappaflows.db");
        await using var store = new SqliteTableStore(path);
        await WriteAsync(store, "first", rows: 1);
        await using var reader = new SqliteConnection($"Data Source={path};Pooling=False");
        await reader.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = reader.CreateCommand();
        command.CommandText = "BEGIN; SELECT count(*) FROM sqlite_schema";
        await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);

        await WriteAsync(store, "more", rows: 40);
        await WriteAsync(store, "again", rows: 40);

        Assert.True(store.LogBytes > 3_000_000, $"{store.LogBytes}");
    }

    private static async Task WriteAsync(SqliteTableStore store, string partition, int rows)
    {
        for (var row = 0; row < rows; row++)
            await store.CommitAsync("Things", partition, [new Upsert($"{row}", new Dictionary<string, object> { ["Bytes"] = new byte[50_000] })]);
    }
}
