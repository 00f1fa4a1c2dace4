using System.Text;

namespace MappaFlows.Tables.Sqlite;

/// <summary>
/// Keys as bytes whose order (SQLite compares blobs byte by byte) is the ordinal order of C# and of Azure Tables, which compare UTF-16
/// units. UTF-8 has that order but for characters outside the basic plane, which UTF-16 puts before U+E000 and UTF-8 after U+FFFF; so each
/// half of a surrogate pair is written as three bytes of its own (CESU-8). All other text is plain UTF-8 and can be read in a database
/// browser.
/// </summary>
internal static class OrdinalKey
{
    /// <summary>The most bytes that a key of this many characters takes.</summary>
    public static int MaxBytes(int characters) => 3 * characters;

    public static int Encode(string key, Span<byte> destination)
    {
        if (!key.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF'))
            return Encoding.UTF8.GetBytes(key, destination);

        var length = 0;
        foreach (var unit in key)
        {
            if (unit < 0x80)
            {
                destination[length++] = (byte)unit;
            }
            else if (unit < 0x800)
            {
                destination[length++] = (byte)(0xC0 | (unit >> 6));
                destination[length++] = (byte)(0x80 | (unit & 0x3F));
            }
            else
            {
                destination[length++] = (byte)(0xE0 | (unit >> 12));
                destination[length++] = (byte)(0x80 | ((unit >> 6) & 0x3F));
                destination[length++] = (byte)(0x80 | (unit & 0x3F));
            }
        }
        return length;
    }

    public static string Decode(ReadOnlySpan<byte> bytes)
    {
        // 0xED starts U+D000 to U+DFFF: without it there is no surrogate, and the bytes are UTF-8.
        if (!bytes.Contains((byte)0xED))
            return Encoding.UTF8.GetString(bytes);

        Span<char> units = stackalloc char[bytes.Length];
        var length = 0;
        for (var i = 0; i < bytes.Length; length++)
        {
            var first = bytes[i];
            if (first < 0x80)
            {
                units[length] = (char)first;
                i++;
            }
            else if (first < 0xE0)
            {
                units[length] = (char)(((first & 0x1F) << 6) | (bytes[i + 1] & 0x3F));
                i += 2;
            }
            else
            {
                units[length] = (char)(((first & 0x0F) << 12) | ((bytes[i + 1] & 0x3F) << 6) | (bytes[i + 2] & 0x3F));
                i += 3;
            }
        }
        return new string(units[..length]);
    }
}
