namespace MappaFlows.Tables;

/// <summary>
/// The rows from <paramref name="From"/> (inclusive, null for the first) to <paramref name="To"/> (exclusive, null for past the last),
/// in the ordinal order of <see cref="string.CompareOrdinal(string, string)"/>.
/// </summary>
public readonly record struct RowRange(string? From, string? To)
{
    /// <summary>Every row of the partition.</summary>
    public static RowRange All => default;

    /// <summary>The rows whose key starts with <paramref name="prefix"/>; all rows for an empty one.</summary>
    public static RowRange Prefix(string prefix) =>
        prefix.Length == 0 ? All : new RowRange(prefix, After(prefix));

    /// <summary>
    /// The least well-formed string that is greater than every string with this prefix, or null where there is none.
    /// A bound travels to Azure as UTF-8, so it must not end in half a surrogate pair.
    /// </summary>
    private static string? After(string prefix)
    {
        for (var end = prefix.Length; end > 0; end--)
        {
            var last = prefix[end - 1];
            var head = prefix[..(end - 1)];
            switch (last)
            {
                case '\uFFFF':
                case '\uDFFF':
                    continue;
                case '\uDBFF':
                    return head + '\uE000';
                case '\uD7FF':
                    return head + "\uD800\uDC00";
                case >= '\uD800' and < '\uDBFF':
                    return head + (char)(last + 1) + '\uDC00';
                default:
                    return head + (char)(last + 1);
            }
        }
        return null;
    }
}
