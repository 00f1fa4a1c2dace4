using System.Globalization;
using System.Text;

namespace MappaFlows.Tables;

/// <summary>
/// The limits that Azure documents for its tables ("Understanding the Table service data model", "Performing entity group
/// transactions", "Scalability and performance targets for Table storage"), checked before a backend is asked: a commit that
/// passes here is accepted by every backend, and the same commit is refused for the same reason everywhere.
/// </summary>
/// <remarks>Where the documents leave room, the narrower reading is taken. Messages name what is wrong, never the data.</remarks>
public static class TableLimits
{
    /// <summary>Changes in one commit, at most.</summary>
    public const int ChangesPerCommit = 100;

    /// <summary>Entities in one page of a query, at most.</summary>
    public const int EntitiesPerPage = 1000;

    /// <summary>UTF-16 characters of a partition or row key, at most: 1 KiB.</summary>
    public const int KeyLength = 512;

    /// <summary>
    /// Bytes of an entity's two keys as they stand, percent-encoded, in its address, at most. Azure's own client reads no longer address
    /// back from the service's answer (its lines end at 4,096 bytes): the commit would happen and its answer would be lost, each time.
    /// </summary>
    public const int AddressBytes = 3584;

    /// <summary>Bytes of one value, at most: 64 KiB, a string counted as UTF-16.</summary>
    public const int PropertyBytes = 64 * 1024;

    /// <summary>Properties of one entity beside its keys and time stamp, at most.</summary>
    public const int OwnProperties = 252;

    /// <summary>Characters of a property's name, at most.</summary>
    public const int PropertyNameLength = 255;

    /// <summary>Bytes of one entity, names and keys included, at most: 1 MiB.</summary>
    public const int EntityBytes = 1024 * 1024;

    /// <summary>Bytes of one commit as it is sent to Azure, at most: 4 MiB.</summary>
    public const int CommitBytes = 4 * 1024 * 1024;

    /// <summary>The earliest date that can be stored: 1 January 1601, UTC.</summary>
    public static readonly DateTimeOffset EarliestDate = new(1601, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>
    /// The property in which a backend may keep the id of the commit that wrote an entity, to find out after a lost answer whether
    /// the commit happened. Hidden from readers and refused from writers.
    /// </summary>
    public const string CommitIdProperty = "CommitId__";

    /// <summary>What a commit id adds to an entity's size: 8, two bytes a character of its name, and the id itself.</summary>
    private const int CommitIdBytes = 8 + (2 * 10) + 8;

    // Most commits are this small, and are compared faster than a set is made.
    private const int FewChanges = 10;

    private static readonly string[] ReservedProperties = ["PartitionKey", "RowKey", "Timestamp", CommitIdProperty];

    /// <summary>Checks what a read of one entity names.</summary>
    /// <exception cref="TableLimitException">A name or a key breaks a limit.</exception>
    public static void CheckRead(string table, string partition, string row)
    {
        CheckTable(table);
        CheckKey(partition, "partition key");
        CheckKey(row, "row key");
        CheckAddress(partition, row);
    }

    /// <summary>Checks what a query names. A range's bounds are compared with keys and need not be keys themselves.</summary>
    /// <exception cref="TableLimitException">A name, a key, a bound or <paramref name="take"/> breaks a limit.</exception>
    public static void CheckQuery(string table, string partition, RowRange range, int take, string? continuation = null)
    {
        CheckTable(table);
        CheckKey(partition, "partition key");
        CheckBound(range.From);
        CheckBound(range.To);
        CheckBound(continuation);
        if (take is < 1 or > EntitiesPerPage)
            throw new TableLimitException($"A page holds 1 to {EntitiesPerPage} entities.");
    }

    /// <summary>Checks everything about a commit.</summary>
    /// <exception cref="TableLimitException">Some part of it breaks a limit.</exception>
    public static void CheckCommit(string table, string partition, IReadOnlyList<Change> changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        CheckTable(table);
        CheckKey(partition, "partition key");
        if (changes.Count is < 1 or > ChangesPerCommit)
            throw new TableLimitException($"A commit makes 1 to {ChangesPerCommit} changes, not {changes.Count}.");

        var most = (long)CommitPayload.CommitOverhead;
        for (var i = 0; i < changes.Count; i++)
        {
            var change = changes[i];
            CheckKey(change.Row, "row key");
            CheckAddress(partition, change.Row);
            // Keys are sent twice: percent-encoded in the address (3 bytes for each of up to 3 bytes) and in the body.
            most += CommitPayload.ChangeOverhead + (15L * (partition.Length + change.Row.Length));
            if (PropertiesOf(change) is { } properties)
                most += CheckEntity(partition, change.Row, properties);
        }

        CheckEachRowOnce(changes);
        if (most > CommitBytes && CommitPayload.Bytes(table, partition, changes) > CommitBytes)
            throw new TableLimitException($"A commit is at most {CommitBytes} bytes as it is sent.");
    }

    /// <summary>What a change stores, or null for a deletion.</summary>
    internal static IReadOnlyDictionary<string, object>? PropertiesOf(Change change) => change switch
    {
        Insert insert => insert.Properties,
        Replace replace => replace.Properties,
        Upsert upsert => upsert.Properties,
        Delete => null,
        _ => throw new ArgumentException($"{change.GetType().Name} is not a change that a table store knows.", nameof(change)),
    };

    private static void CheckTable(string table)
    {
        ArgumentNullException.ThrowIfNull(table);
        if (table.Length is < 3 or > 63)
            throw new TableLimitException("A table's name has 3 to 63 characters.");
        if (!char.IsAsciiLetter(table[0]))
            throw new TableLimitException("A table's name starts with a letter.");
        foreach (var character in table)
        {
            if (!char.IsAsciiLetterOrDigit(character))
                throw new TableLimitException("A table's name is made of the letters A to Z and digits.");
        }
        if (table.Equals("tables", StringComparison.OrdinalIgnoreCase))
            throw new TableLimitException("'Tables' is Azure's own name for the list of tables.");
    }

    private static void CheckKey(string key, string what)
    {
        ArgumentNullException.ThrowIfNull(key, what);
        if (key.Length > KeyLength)
            throw new TableLimitException($"The {what} has {key.Length} characters; at most {KeyLength} (1 KiB) are allowed.");
        for (var i = 0; i < key.Length; i++)
        {
            var character = key[i];
            if (character is '/' or '\\' or '#' or '?')
                throw new TableLimitException($"The {what} holds one of / \\ # ? at position {i}.");
            if (char.IsControl(character))
                throw new TableLimitException($"The {what} holds a control character at position {i}.");
        }
        CheckWellFormed(key, what);
    }

    private static void CheckAddress(string partition, string row)
    {
        const int MostOfACharacter = 9;
        if (MostOfACharacter * (partition.Length + row.Length) > AddressBytes
            && CommitPayload.UrlBytes(partition) + CommitPayload.UrlBytes(row) > AddressBytes)
        {
            throw new TableLimitException($"The two keys take more than {AddressBytes} bytes in the entity's address.");
        }
    }

    private static void CheckBound(string? bound)
    {
        if (bound is null)
            return;
        if (bound.Length > KeyLength)
            throw new TableLimitException($"A bound of a row range has at most {KeyLength} characters.");
        CheckWellFormed(bound, "bound of a row range");
    }

    private static void CheckWellFormed(string text, string what)
    {
        for (var i = text.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF'); i >= 0 && i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i]))
                continue;
            if (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[i + 1]))
                throw new TableLimitException($"The {what} holds half a surrogate pair at position {i}, which no encoding can carry.");
            i++;
        }
    }

    /// <returns>The most bytes that the entity's properties can take as JSON.</returns>
    private static long CheckEntity(string partition, string row, IReadOnlyDictionary<string, object> properties)
    {
        ArgumentNullException.ThrowIfNull(properties);
        if (properties.Count > OwnProperties)
            throw new TableLimitException($"The entity has {properties.Count} properties of its own; at most {OwnProperties} are allowed.");

        long size = 4 + (2 * (partition.Length + row.Length)) + CommitIdBytes;
        long json = 0;
        foreach (var (name, value) in properties)
        {
            CheckPropertyName(name);
            size += 8 + (2 * name.Length) + ValueBytes(name, value);
            json += CommitPayload.PropertyOverhead + (12 * name.Length) + value switch
            {
                string text => 6L * text.Length,
                byte[] bytes => 4L * ((bytes.Length + 2) / 3),
                _ => 0,
            };
        }
        if (size > EntityBytes)
            throw new TableLimitException($"The entity is {size} bytes; at most {EntityBytes} (1 MiB) are allowed.");
        return json;
    }

    private static void CheckPropertyName(string name)
    {
        if (name.Length is < 1 or > PropertyNameLength)
            throw new TableLimitException($"A property's name has 1 to {PropertyNameLength} characters.");
        if (name[0] != '_' && !char.IsLetter(name[0]))
            throw new TableLimitException("A property's name starts with a letter or an underscore, as a C# name does.");
        foreach (var character in name)
        {
            if (character != '_' && !char.IsAsciiLetterOrDigit(character) && !IsNamePart(character))
                throw new TableLimitException("A property's name is made of letters, digits and underscores, as a C# name is.");
        }
        foreach (var reserved in ReservedProperties)
        {
            if (name.Equals(reserved, StringComparison.OrdinalIgnoreCase))
                throw new TableLimitException($"'{reserved}' is the table's own property.");
        }
    }

    private static bool IsNamePart(char character) => char.GetUnicodeCategory(character) is
        UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter or
        UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter or UnicodeCategory.LetterNumber or
        UnicodeCategory.DecimalDigitNumber;

    private static int ValueBytes(string name, object value)
    {
        switch (value)
        {
            case string text:
                if (2L * text.Length > PropertyBytes)
                    throw new TableLimitException($"Property '{name}' has {text.Length} characters; at most {PropertyBytes / 2} (64 KiB) are allowed.");
                CheckWellFormed(text, $"text of property '{name}'");
                return 4 + (2 * text.Length);
            case byte[] bytes:
                if (bytes.Length > PropertyBytes)
                    throw new TableLimitException($"Property '{name}' has {bytes.Length} bytes; at most {PropertyBytes} (64 KiB) are allowed.");
                return 4 + bytes.Length;
            case bool:
                return 1;
            case int:
                return 4;
            case long:
                return 8;
            case double number:
                if (!double.IsFinite(number))
                    throw new TableLimitException($"Property '{name}' is not a finite number.");
                return 8;
            case DateTimeOffset date:
                if (date < EarliestDate)
                    throw new TableLimitException($"Property '{name}' is before 1 January 1601, the first date that a table can hold.");
                return 8;
            case Guid:
                return 16;
            case null:
                throw new TableLimitException($"Property '{name}' is null; leave it out instead.");
            default:
                throw new TableLimitException(
                    $"Property '{name}' is a {value.GetType().Name}; a table holds string, bool, int, long, double, DateTimeOffset, Guid and byte[].");
        }
    }

    private static void CheckEachRowOnce(IReadOnlyList<Change> changes)
    {
        if (changes.Count <= FewChanges)
        {
            for (var i = 1; i < changes.Count; i++)
            {
                for (var earlier = 0; earlier < i; earlier++)
                {
                    if (changes[i].Row.Equals(changes[earlier].Row, StringComparison.Ordinal))
                        throw Twice(i);
                }
            }
            return;
        }
        var rows = new HashSet<string>(changes.Count, StringComparer.Ordinal);
        for (var i = 0; i < changes.Count; i++)
        {
            if (!rows.Add(changes[i].Row))
                throw Twice(i);
        }

        static TableLimitException Twice(int change) =>
            new($"A row may stand in a commit once; change {change} names a row that an earlier change named.");
    }
}
