using MappaFlows.Tables.Sqlite;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace MappaFlows.Tables.Tests;

/// <summary>The file's life: opening, growing through versions, damage, backup, closing.</summary>
public sealed class SqliteFileTests : IDisposable
{
    private static readonly Dictionary<string, object> Some = new() { ["Text"] = "some", ["Number"] = 1 };

    private readonly TemporaryFolder _folder = new();

    private string File => _folder.File("store.db");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_was_written_is_there_with_its_etag_when_the_file_is_opened_again()
    {
        string etag;
        await using (var store = new SqliteTableStore(File))
            etag = (await store.CommitAsync("Abc", "p", [new Insert("r", Some)]))[0];
        await using (var store = new SqliteTableStore(File))
        {
            Assert.Equal(Some, (await store.GetAsync("Abc", "p", "r"))!.Properties);
            Assert.NotEqual(etag, (await store.CommitAsync("Abc", "p", [new Replace("r", Some, etag)]))[0]);
        }
    }

    [Fact]
    public async Task A_closed_store_leaves_one_file()
    {
        await using (var store = new SqliteTableStore(File))
        {
            await store.CommitAsync("Abc", "p", [new Insert("r", Some)]);
            await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(async () => await store.GetAsync("Abc", "p", "r"))));
        }
        Assert.Equal([File], Directory.GetFiles(Path.GetDirectoryName(File)!));
    }

    [Fact]
    public async Task A_closed_store_refuses_every_call_and_was_closed_after_the_last_commit()
    {
        var store = new SqliteTableStore(File);
        var commits = Enumerable.Range(0, 500).Select(number => store.CommitAsync("Abc", "p", [new Insert($"r{number:D3}", Some)]).AsTask()).ToList();
        await store.DisposeAsync();
        await store.DisposeAsync();
        Assert.All(commits, commit => Assert.True(commit.IsCompletedSuccessfully || !commit.IsCompleted));
        await Task.WhenAll(commits);

        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await store.GetAsync("Abc", "p", "r000"));
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await store.QueryAsync("Abc", "p", RowRange.All));
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await store.CommitAsync("Abc", "p", [new Insert("late", Some)]));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => store.BackupAsync(_folder.File("late.db")));

        await using var again = new SqliteTableStore(File);
        Assert.Equal(500, (await again.QueryAsync("Abc", "p", RowRange.All)).Entities.Count);
    }

    [Fact]
    public async Task A_commit_that_is_cancelled_while_it_waits_is_either_made_whole_or_not_at_all()
    {
        await using var store = new SqliteTableStore(File);
        using var cancel = new CancellationTokenSource();
        var commits = Enumerable.Range(0, 200)
            .Select(number => store.CommitAsync("Abc", "p", [new Insert($"a{number}", Some), new Insert($"b{number}", Some)], cancel.Token).AsTask())
            .ToList();
        await cancel.CancelAsync();
        for (var number = 0; number < commits.Count; number++)
        {
            var made = true;
            try
            {
                await commits[number];
            }
            catch (OperationCanceledException)
            {
                made = false;
            }
            Assert.Equal(made, await store.GetAsync("Abc", "p", $"a{number}") is not null);
            Assert.Equal(made, await store.GetAsync("Abc", "p", $"b{number}") is not null);
        }
    }

    [Fact]
    public async Task An_older_file_is_brought_forward_and_keeps_what_it_holds()
    {
        await using (var store = new SqliteTableStore(File))
            await store.CommitAsync("Abc", "p", [new Insert("r", Some)]);

        var next = SqliteSchema.Migrations[^1].Version + 1;
        var migrations = SqliteSchema.Migrations.Append(new SqliteMigration(next, "A test's", "ALTER TABLE tables ADD COLUMN note TEXT")).ToList();
        for (var opened = 0; opened < 2; opened++)
        {
            await using var store = Open(migrations);
            Assert.Equal(Some, (await store.GetAsync("Abc", "p", "r"))!.Properties);
            await store.CommitAsync("Abc", "p", [new Upsert("s", Some)]);
        }
        using (var connection = new SqliteConnection(File, TimeSpan.Zero))
        {
            Assert.Equal(next, connection.ReadInt64("SELECT max(version) FROM schema_version"));
            Assert.Equal(1, connection.ReadInt64($"SELECT count(*) FROM schema_version WHERE version = {next}"));
            Assert.Equal(1, connection.ReadInt64("SELECT count(*) FROM tables WHERE note IS NULL"));
        }

        // The program of today meets the file of tomorrow.
        var refused = Assert.Throws<TableFileException>(() => new SqliteTableStore(File));
        Assert.Contains($"version {next}", refused.Message);
    }

    [Fact]
    public async Task A_step_forward_that_fails_leaves_the_file_as_it_was()
    {
        await using (var store = new SqliteTableStore(File))
            await store.CommitAsync("Abc", "p", [new Insert("r", Some)]);
        var last = SqliteSchema.Migrations[^1].Version;
        var migrations = SqliteSchema.Migrations
            .Append(new SqliteMigration(last + 1, "Good", "CREATE TABLE extra (id INTEGER)"))
            .Append(new SqliteMigration(last + 2, "Broken", "CREATE TABLE another (id INTEGER); INSERT INTO nowhere VALUES (1)"))
            .ToList();
        Assert.Throws<TableUnavailableException>(() => Open(migrations));

        await using var again = new SqliteTableStore(File);
        Assert.Equal(Some, (await again.GetAsync("Abc", "p", "r"))!.Properties);
        using var connection = new SqliteConnection(File, TimeSpan.Zero);
        Assert.Equal(0, connection.ReadInt64("SELECT count(*) FROM sqlite_schema WHERE name IN ('extra', 'another')"));
    }

    [Fact]
    public async Task Two_that_open_a_new_file_together_make_it_once()
    {
        var stores = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => new SqliteTableStore(File))));
        await Task.WhenAll(stores.Select((store, number) => store.CommitAsync("Abc", "p", [new Insert($"r{number}", Some)]).AsTask()));
        foreach (var store in stores)
        {
            Assert.Equal(8, (await store.QueryAsync("Abc", "p", RowRange.All)).Entities.Count);
            await store.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_refused_and_left_as_it_is()
    {
        await System.IO.File.WriteAllTextAsync(File, new string('x', 10_000));
        var refused = Assert.Throws<TableFileException>(() => new SqliteTableStore(File));
        Assert.Contains(File, refused.Message);
        Assert.Equal(new string('x', 10_000), await System.IO.File.ReadAllTextAsync(File));
    }

    [Fact]
    public void Another_programs_database_is_refused_and_left_as_it_is()
    {
        using (var connection = new SqliteConnection(File, TimeSpan.Zero))
            connection.Execute("CREATE TABLE theirs (id INTEGER)");
        Assert.Throws<TableFileException>(() => new SqliteTableStore(File));
        using var after = new SqliteConnection(File, TimeSpan.Zero);
        Assert.Equal(["theirs"], after.ReadTexts("SELECT name FROM sqlite_schema"));
        Assert.Equal("delete", Assert.Single(after.ReadTexts("PRAGMA journal_mode")));
    }

    [Fact]
    public async Task A_damaged_file_is_found_when_it_is_opened()
    {
        await FillAsync(File, 2000);
        await using (var file = System.IO.File.OpenWrite(File))
        {
            // Past the header and the schema, into the pages of entities.
            file.Position = file.Length / 2;
            await file.WriteAsync(Enumerable.Repeat((byte)0xA5, 64 * 1024).ToArray());
        }
        var refused = Assert.Throws<TableFileException>(() => new SqliteTableStore(File));
        Assert.Contains("restore a backup", refused.Message);
    }

    [Fact]
    public async Task A_file_that_was_cut_short_is_found_when_it_is_opened()
    {
        await FillAsync(File, 2000);
        await using (var file = System.IO.File.OpenWrite(File))
            file.SetLength(file.Length / 2);
        Assert.Throws<TableFileException>(() => new SqliteTableStore(File));
    }

    [Fact]
    public async Task A_check_that_runs_out_of_time_opens_the_file_and_says_so()
    {
        await FillAsync(File, 20_000);
        var log = new ListLogger();
        SqliteFile.Open(File, SqliteSchema.Migrations, TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero, TimeProvider.System, log,
            mark: null).Dispose();
        Assert.Contains("cut short", Assert.Single(log.Warnings));
        SqliteFile.Open(
            File,
            SqliteSchema.Migrations,
            TimeSpan.Zero,
            TimeSpan.Zero,
            TimeSpan.FromMinutes(5),
            TimeProvider.System,
            log, mark: null).Dispose();
        Assert.Single(log.Warnings);
    }

    [Fact]
    public void A_folder_that_is_not_there_is_a_clear_error()
    {
        var refused = Assert.Throws<TableUnavailableException>(() => new SqliteTableStore(_folder.File("nowhere/store.db")));
        Assert.Contains("nowhere", refused.Message);
    }

    [Fact]
    public async Task A_backup_made_while_others_write_is_whole_and_of_one_moment()
    {
        await FillAsync(File, 5000);
        await using var store = new SqliteTableStore(File);
        using var done = new CancellationTokenSource();
        var rounds = 0;
        var writer = Task.Run(async () =>
        {
            // Each commit gives every row of the partition the round's number: a backup between two rounds would show both.
            for (var round = 1; !done.IsCancellationRequested; round++)
            {
                var value = new Dictionary<string, object> { ["Round"] = round };
                await store.CommitAsync("Rounds", "p", [.. Enumerable.Range(0, 50).Select(number => new Upsert($"r{number}", value))]);
                Volatile.Write(ref rounds, round);
            }
        });
        await SpinUntilAsync(() => Volatile.Read(ref rounds) > 3);
        var before = Volatile.Read(ref rounds);
        for (var copy = 0; copy < 3; copy++)
            await store.BackupAsync(_folder.File("backup.db"));
        await done.CancelAsync();
        await writer;

        Assert.Equal(["backup.db"], Directory.GetFiles(Path.GetDirectoryName(File)!, "backup*").Select(Path.GetFileName));
        await using var backup = new SqliteTableStore(_folder.File("backup.db"));
        var copied = (await backup.QueryAsync("Rounds", "p", RowRange.All)).Entities;
        Assert.Equal(50, copied.Count);
        var copiedRound = Assert.Single(copied.Select(entity => (int)entity.Properties["Round"]).Distinct());
        Assert.InRange(copiedRound, before, rounds);
        Assert.Equal(5000, await CountAsync(backup, "Filled"));
    }

    [Fact]
    public async Task A_backup_that_cannot_be_written_leaves_nothing_and_the_store_goes_on()
    {
        await using var store = new SqliteTableStore(File);
        await Assert.ThrowsAsync<TableUnavailableException>(() => store.BackupAsync(_folder.File("nowhere/backup.db")));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => store.BackupAsync(_folder.File("backup.db"), new CancellationToken(canceled: true)));
        await store.CommitAsync("Abc", "p", [new Insert("r", Some)]);
        Assert.Empty(Directory.GetFiles(Path.GetDirectoryName(File)!, "backup*"));
    }

    [Fact]
    public async Task An_etag_held_since_before_a_restore_matches_nothing_that_came_after_it()
    {
        await using (var store = new SqliteTableStore(File))
        {
            await store.CommitAsync("Abc", "p", [new Insert("r", Some)]);
            await store.BackupAsync(_folder.File("backup.db"));
        }
        string lost;
        await using (var store = new SqliteTableStore(File))
            lost = (await store.CommitAsync("Abc", "p", [new Insert("s", Some)]))[0];

        // The machine is lost; a day later the backup is opened instead.
        await using var restored = Open(_folder.File("backup.db"), SqliteSchema.Migrations, new LaterTime(TimeSpan.FromDays(1)));
        var etag = (await restored.CommitAsync("Abc", "p", [new Insert("s", Some)]))[0];
        Assert.NotEqual(lost, etag);
        await Assert.ThrowsAsync<EntityChangedException>(async () => await restored.CommitAsync("Abc", "p", [new Replace("s", Some, lost)]));
    }

    [Fact]
    public async Task Etags_stay_unique_when_the_clock_goes_back()
    {
        var etags = new HashSet<string>();
        foreach (var offset in new[] { TimeSpan.Zero, TimeSpan.FromDays(-400), TimeSpan.FromDays(30), TimeSpan.FromDays(-30) })
        {
            await using var store = Open(File, SqliteSchema.Migrations, new LaterTime(offset));
            Assert.True(etags.Add((await store.CommitAsync("Abc", "p", [new Upsert("r", Some)]))[0]));
        }
    }

    private SqliteTableStore Open(IReadOnlyList<SqliteMigration> migrations) => Open(File, migrations, TimeProvider.System);

    private static SqliteTableStore Open(string file, IReadOnlyList<SqliteMigration> migrations, TimeProvider time) =>
        new(file, migrations, time, NullLogger<SqliteTableStore>.Instance);

    private static async Task FillAsync(string file, int rows)
    {
        await using var store = new SqliteTableStore(file);
        var value = new Dictionary<string, object> { ["Text"] = new string('x', 200) };
        foreach (var chunk in Enumerable.Range(0, rows).Chunk(TableLimits.ChangesPerCommit))
            await store.CommitAsync("Filled", "p", [.. chunk.Select(number => new Insert($"r{number:D6}", value))]);
    }

    private static async Task<int> CountAsync(ITableStore store, string table)
    {
        var count = 0;
        string? continuation = null;
        do
        {
            var page = await store.QueryAsync(table, "p", RowRange.All, continuation: continuation);
            count += page.Entities.Count;
            continuation = page.Continuation;
        }
        while (continuation is not null);
        return count;
    }

    private static async Task SpinUntilAsync(Func<bool> condition)
    {
        while (!condition())
            await Task.Yield();
    }

    private sealed class ListLogger : ILogger
    {
        public List<string> Warnings { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel level) => true;

        public void Log<TState>(LogLevel level, EventId id, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (level == LogLevel.Warning)
                Warnings.Add(formatter(state, exception));
        }
    }

    private sealed class LaterTime(TimeSpan offset) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + offset;
    }
}
