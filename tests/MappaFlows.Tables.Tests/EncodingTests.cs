using CsCheck;
using MappaFlows.Tables.Sqlite;

namespace MappaFlows.Tables.Tests;

/// <summary>What SQLite is given instead of keys and properties.</summary>
public sealed class EncodingTests
{
    private static readonly Gen<string> GenKey = Gen.Char.Array[0, 6].Select(letters => new string(letters));

    private static readonly Gen<object> GenValue = Gen.OneOf<object>(
        Gen.String.Select(text => (object)string.Concat(text.Where(letter => !char.IsSurrogate(letter)))),
        Gen.Bool.Select(flag => (object)flag),
        Gen.Int.Select(number => (object)number),
        Gen.Long.Select(number => (object)number),
        Gen.Double.Select(number => (object)number),
        Gen.Guid.Select(guid => (object)guid),
        Gen.DateTimeOffset.Select(date => (object)date),
        Gen.Byte.Array[0, 300].Select(bytes => (object)bytes));

    [Fact]
    public void Keys_as_bytes_have_the_order_that_they_have_as_text() =>
        Gen.Select(GenKey, GenKey).Sample((left, right) =>
            Math.Sign(Encode(left).AsSpan().SequenceCompareTo(Encode(right))) == Math.Sign(string.CompareOrdinal(left, right)));

    [Fact]
    public void Keys_come_back_as_they_were() =>
        GenKey.Sample(key => OrdinalKey.Decode(Encode(key)) == key);

    [Fact]
    public void Properties_come_back_as_they_were() =>
        Gen.Dictionary(GenKey.Where(key => !key.Any(char.IsSurrogate)), GenValue)[0, 12].Sample(properties =>
        {
            var bytes = new byte[EntityBody.MaxBytes(properties)];
            var length = EntityBody.Encode(properties, bytes);
            Assert.Equal(properties, EntityBody.Decode(bytes.AsSpan(0, length)));
        });

    [Fact]
    public void A_cut_or_foreign_body_is_damage_and_nothing_worse()
    {
        var properties = new Dictionary<string, object> { ["Text"] = "some text", ["Number"] = 7L, ["Bytes"] = new byte[200] };
        var bytes = new byte[EntityBody.MaxBytes(properties)];
        var length = EntityBody.Encode(properties, bytes);
        for (var cut = 0; cut < length; cut++)
            Assert.Throws<TableFileException>(() => EntityBody.Decode(bytes.AsSpan(0, cut)));
        Gen.Byte.Array[0, 60].Sample(noise =>
        {
            try
            {
                EntityBody.Decode(noise);
            }
            catch (TableFileException)
            {
                // The only error there is.
            }
        });
    }

    private static byte[] Encode(string key)
    {
        var bytes = new byte[OrdinalKey.MaxBytes(key.Length)];
        return bytes[..OrdinalKey.Encode(key, bytes)];
    }
}
