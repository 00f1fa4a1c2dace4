using System.Text;

namespace MappaFlows.Tables;

/// <summary>How large a commit is as the Azure client sends it.</summary>
internal static class CommitPayload
{
    // Upper bounds for what the Azure client writes around a change, a commit and a property (measured by the tests against the real
    // client).
    public const int ChangeOverhead = 1024;
    public const int CommitOverhead = 1024;
    public const int PropertyOverhead = 64;

    /// <summary>
    /// An upper bound, within a few per cent for large commits, of the bytes that the Azure client sends for a commit: JSON in which
    /// everything outside plain ASCII is six bytes a character, and binary values are base64.
    /// </summary>
    public static long Bytes(string table, string partition, IReadOnlyList<Change> changes)
    {
        long total = CommitOverhead;
        var partitionBytes = JsonBytes(partition) + UrlBytes(partition);
        foreach (var change in changes)
        {
            total += ChangeOverhead + table.Length + partitionBytes + JsonBytes(change.Row) + UrlBytes(change.Row);
            if (TableLimits.PropertiesOf(change) is not { } properties)
                continue;
            foreach (var (name, value) in properties)
                total += PropertyOverhead + (2 * JsonBytes(name)) + ValueJsonBytes(value);
        }
        return total;
    }

    private static long ValueJsonBytes(object value) => value switch
    {
        string text => JsonBytes(text),
        byte[] bytes => 4L * ((bytes.Length + 2) / 3),
        _ => 40,
    };

    private static long JsonBytes(string text)
    {
        long bytes = 2;
        foreach (var character in text)
            bytes += char.IsAsciiLetterOrDigit(character) || " -_.,:/()=".Contains(character, StringComparison.Ordinal) ? 1 : 6;
        return bytes;
    }

    // A quote is doubled in an address.
    public static long UrlBytes(string text) => 3L * (Encoding.UTF8.GetByteCount(text) + text.AsSpan().Count('\''));
}
