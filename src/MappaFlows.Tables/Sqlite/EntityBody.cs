using System.Buffers.Binary;
using System.Text;

namespace MappaFlows.Tables.Sqlite;

/// <summary>
/// An entity's properties as one blob: the number of properties, then each one's name, a letter for its type, and its value. Numbers are
/// little-endian, lengths are 7-bit encoded, texts UTF-8. A change of this format is a new schema version.
/// </summary>
internal static class EntityBody
{
    /// <summary>The most bytes that the properties take.</summary>
    public static int MaxBytes(IReadOnlyDictionary<string, object> properties)
    {
        var most = 5;
        foreach (var (name, value) in properties)
        {
            most += 5 + (3 * name.Length) + 1 + value switch
            {
                string text => 5 + (3 * text.Length),
                byte[] bytes => 5 + bytes.Length,
                _ => 16,
            };
        }
        return most;
    }

    public static int Encode(IReadOnlyDictionary<string, object> properties, Span<byte> destination)
    {
        var at = WriteLength(properties.Count, destination);
        foreach (var (name, value) in properties)
        {
            at += WriteText(name, destination[at..]);
            switch (value)
            {
                case string text:
                    destination[at++] = (byte)'s';
                    at += WriteText(text, destination[at..]);
                    break;
                case bool flag:
                    destination[at++] = (byte)(flag ? 't' : 'f');
                    break;
                case int number:
                    destination[at++] = (byte)'i';
                    BinaryPrimitives.WriteInt32LittleEndian(destination[at..], number);
                    at += 4;
                    break;
                case long number:
                    destination[at++] = (byte)'l';
                    BinaryPrimitives.WriteInt64LittleEndian(destination[at..], number);
                    at += 8;
                    break;
                case double number:
                    destination[at++] = (byte)'d';
                    BinaryPrimitives.WriteDoubleLittleEndian(destination[at..], number);
                    at += 8;
                    break;
                case DateTimeOffset date:
                    destination[at++] = (byte)'z';
                    BinaryPrimitives.WriteInt64LittleEndian(destination[at..], date.UtcTicks);
                    at += 8;
                    break;
                case Guid guid:
                    destination[at++] = (byte)'g';
                    guid.TryWriteBytes(destination[at..]);
                    at += 16;
                    break;
                case byte[] bytes:
                    destination[at++] = (byte)'b';
                    at += WriteLength(bytes.Length, destination[at..]);
                    bytes.CopyTo(destination[at..]);
                    at += bytes.Length;
                    break;
                default:
                    throw new ArgumentException($"A {value.GetType().Name} passed the limits but cannot be stored.", nameof(properties));
            }
        }
        return at;
    }

    /// <exception cref="TableFileException">The blob is not what this version writes.</exception>
    public static IReadOnlyDictionary<string, object> Decode(ReadOnlySpan<byte> body)
    {
        try
        {
            var count = ReadLength(ref body);
            if (count > TableLimits.OwnProperties)
                throw new ArgumentException("More properties than an entity has.", nameof(body));
            var properties = new Dictionary<string, object>(count, StringComparer.Ordinal);
            for (var i = 0; i < count; i++)
            {
                var name = ReadText(ref body);
                properties.Add(name, ReadValue(ref body));
            }
            return properties;
        }
        catch (Exception error) when (error is ArgumentException or IndexOutOfRangeException)
        {
            throw new TableFileException("A stored entity cannot be read: the file is damaged.", error);
        }
    }

    private static object ReadValue(ref ReadOnlySpan<byte> body)
    {
        var kind = Take(ref body, 1)[0];
        switch ((char)kind)
        {
            case 's':
                return ReadText(ref body);
            case 't':
                return true;
            case 'f':
                return false;
            case 'i':
                return BinaryPrimitives.ReadInt32LittleEndian(Take(ref body, 4));
            case 'l':
                return BinaryPrimitives.ReadInt64LittleEndian(Take(ref body, 8));
            case 'd':
                return BinaryPrimitives.ReadDoubleLittleEndian(Take(ref body, 8));
            case 'z':
                return new DateTimeOffset(BinaryPrimitives.ReadInt64LittleEndian(Take(ref body, 8)), TimeSpan.Zero);
            case 'g':
                return new Guid(Take(ref body, 16));
            case 'b':
                return Take(ref body, ReadLength(ref body)).ToArray();
            default:
                throw new ArgumentException($"Unknown type {kind}.", nameof(body));
        }
    }

    private static ReadOnlySpan<byte> Take(ref ReadOnlySpan<byte> body, int length)
    {
        var taken = body[..length];
        body = body[length..];
        return taken;
    }

    private static int WriteText(string text, Span<byte> destination)
    {
        var length = Encoding.UTF8.GetByteCount(text);
        var at = WriteLength(length, destination);
        Encoding.UTF8.GetBytes(text, destination[at..]);
        return at + length;
    }

    private static string ReadText(ref ReadOnlySpan<byte> body) => Encoding.UTF8.GetString(Take(ref body, ReadLength(ref body)));

    private static int WriteLength(int length, Span<byte> destination)
    {
        var at = 0;
        var rest = (uint)length;
        for (; rest >= 0x80; rest >>= 7)
            destination[at++] = (byte)(rest | 0x80);
        destination[at++] = (byte)rest;
        return at;
    }

    private static int ReadLength(ref ReadOnlySpan<byte> body)
    {
        var length = 0;
        for (var shift = 0; shift < 35; shift += 7)
        {
            var next = Take(ref body, 1)[0];
            length |= (next & 0x7F) << shift;
            if (next < 0x80)
                return length;
        }
        throw new ArgumentException("A length that is too long.", nameof(body));
    }
}
