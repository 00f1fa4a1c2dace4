using System.Globalization;

namespace MappaFlows.Tables.Sqlite;

/// <summary>The file's versions, oldest first. A released version is never edited: a change is a new one, at the end.</summary>
internal static class SqliteSchema
{
    /// <summary>Marks the file as ours in its header ("MpFl"), so that no other program's database is taken for a store.</summary>
    private const int ApplicationId = 0x4D70466C;

    public static readonly IReadOnlyList<SqliteMigration> Migrations =
    [
        new(1, "Tables, entities in key order, ETags", """
            CREATE TABLE tables (
                id INTEGER PRIMARY KEY,
                name TEXT NOT NULL COLLATE NOCASE UNIQUE);
            CREATE TABLE entities (
                table_id INTEGER NOT NULL,
                partition BLOB NOT NULL,
                row BLOB NOT NULL,
                etag INTEGER NOT NULL,
                body BLOB NOT NULL,
                PRIMARY KEY (table_id, partition, row)) WITHOUT ROWID;
            CREATE TABLE etags (
                next INTEGER NOT NULL);
            INSERT INTO etags (next) VALUES (1);
            """),
    ];

    /// <summary>Brings the file to the last of <paramref name="migrations"/>, each in a transaction of its own.</summary>
    /// <returns>The version that the file had before; 0 for a new one.</returns>
    /// <exception cref="TableFileException">The file was written by a newer version.</exception>
    public static int Migrate(SqliteConnection connection, IReadOnlyList<SqliteMigration> migrations, TimeProvider time)
    {
        // Immediate: two processes that open a new file together take turns, and the second finds it done.
        connection.Execute("BEGIN IMMEDIATE");
        try
        {
            var found = ReadVersion(connection);
            if (found > migrations[^1].Version)
                throw new TableFileException($"The store's file has version {found}; this program knows versions up to {migrations[^1].Version}. Run the newer program.");
            foreach (var migration in migrations)
            {
                if (migration.Version <= found)
                    continue;
                connection.Execute(migration.Sql);
                using var record = connection.Prepare("INSERT INTO schema_version (version, description, applied) VALUES (?, ?, ?)");
                record.Bind(1, migration.Version);
                record.Bind(2, migration.Description);
                record.Bind(3, time.GetUtcNow().ToString("O", CultureInfo.InvariantCulture));
                record.Run();
            }
            connection.Execute("COMMIT");
            return found;
        }
        catch
        {
            if (!connection.IsIdle)
                connection.Execute("ROLLBACK");
            throw;
        }
    }

    /// <summary>Asked before anything in the file is touched.</summary>
    /// <exception cref="TableFileException">The file holds another program's database.</exception>
    public static void RefuseOthers(SqliteConnection connection)
    {
        // One transaction, so that both answers are of one moment: another process may be making the file.
        connection.Execute("BEGIN");
        var isOthers = !IsOurs(connection) && connection.ReadInt64("SELECT count(*) FROM sqlite_schema") > 0;
        connection.Execute("COMMIT");
        if (isOthers)
            throw new TableFileException("The file is another program's database, not a MappaFlows store.");
    }

    /// <summary>How far the file has come: a number that every group of commits raises; 0 for a file without tables.</summary>
    public static long ReadPosition(SqliteConnection connection) =>
        connection.ReadInt64("SELECT count(*) FROM sqlite_schema WHERE name = 'etags'") == 0
            ? 0
            : connection.ReadInt64("SELECT coalesce(max(next), 0) FROM etags");

    private static int ReadVersion(SqliteConnection connection)
    {
        if (IsOurs(connection))
            return (int)connection.ReadInt64("SELECT coalesce(max(version), 0) FROM schema_version");
        connection.Execute($"PRAGMA application_id = {ApplicationId}");
        connection.Execute("CREATE TABLE schema_version (version INTEGER PRIMARY KEY, description TEXT NOT NULL, applied TEXT NOT NULL)");
        return 0;
    }

    private static bool IsOurs(SqliteConnection connection) => connection.ReadInt64("PRAGMA application_id") == ApplicationId;
}

/// <summary>One step forward of the file's schema.</summary>
internal sealed record SqliteMigration(int Version, string Description, string Sql);
