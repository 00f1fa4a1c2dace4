using MappaFlows.Tables.Sqlite;

namespace MappaFlows.Tables.Tests.OtherProcess;

/// <summary>What the other process can be.</summary>
internal static class ChildRoles
{
    /// <summary>Commits rows from eight tasks and says each one's name once its commit was answered, until its input ends.</summary>
    public const string Write = "write";

    /// <summary>Takes the file's write lock, says so, and keeps it until its input ends.</summary>
    public const string Hold = "hold";

    public const string Table = "Written";
    public const string Partition = "p";
    private const int Writers = 8;

    public static Task<int> RunAsync(string role, string file) => role switch
    {
        Write => WriteAsync(file),
        Hold => HoldAsync(file),
        _ => throw new ArgumentException($"'{role}' is not a role.", nameof(role)),
    };

    private static async Task<int> WriteAsync(string file)
    {
        // The console's asynchronous reads are not: they would hold this very task.
        var ended = Task.Run(Console.In.ReadToEnd);
        await using var store = new SqliteTableStore(file);
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(async () =>
        {
            for (var number = 0; !ended.IsCompleted; number++)
            {
                var row = $"{Environment.ProcessId}-{writer}-{number:D6}";
                await store.CommitAsync(Table, Partition, [new Insert(row, new Dictionary<string, object> { ["Number"] = number })]);
                Console.Out.WriteLine(row);
                Console.Out.Flush();
            }
        })));
        return 0;
    }

    private static async Task<int> HoldAsync(string file)
    {
        using var connection = new SqliteConnection(file, TimeSpan.FromSeconds(30));
        connection.Execute("BEGIN IMMEDIATE");
        Console.Out.WriteLine("held");
        await Task.Run(Console.In.ReadToEnd);
        connection.Execute("ROLLBACK");
        return 0;
    }
}
