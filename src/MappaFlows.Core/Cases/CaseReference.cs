using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace MappaFlows.Core.Cases;

/// <summary>
/// The name of a case in links, emails and conversation, such as <c>MF-7K3QF-92XBT</c>. Opaque: it says nothing of the person.
/// Ten characters of Crockford's base 32 (50 bits), so that none can be mistaken for another when read aloud.
/// </summary>
[JsonConverter(typeof(CaseReferenceJson))]
public readonly record struct CaseReference
{
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private const int Length = 10;

    private readonly string? _value;

    private CaseReference(string value) => _value = value;

    /// <summary>The reference of the case that this person opens with this key: the same key is always the same case.</summary>
    public static CaseReference For(string personId, string idempotencyKey)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{personId.Length}:{personId}:{idempotencyKey}"));
        var bits = BinaryPrimitives.ReadUInt64BigEndian(hash);
        Span<char> characters = stackalloc char[Length];
        for (var i = 0; i < Length; i++) characters[i] = Alphabet[(int)(bits >> (59 - 5 * i)) & 31];
        return new($"MF-{characters[..5]}-{characters[5..]}");
    }

    /// <summary>Reads a reference as people type it: in any letter case, with or without its hyphens.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out CaseReference reference)
    {
        reference = default;
        if (text is null || text.Length > 40) return false;
        var bare = text.Trim().ToUpperInvariant().Replace("-", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal);
        if (!bare.StartsWith("MF", StringComparison.Ordinal) || bare.Length != Length + 2) return false;
        var code = bare[2..].Replace('O', '0').Replace('I', '1').Replace('L', '1');
        if (code.Any(character => !Alphabet.Contains(character))) return false;
        reference = new($"MF-{code[..5]}-{code[5..]}");
        return true;
    }

    /// <exception cref="FormatException">The text is no reference.</exception>
    public static CaseReference Parse(string text) =>
        TryParse(text, out var reference) ? reference : throw new FormatException("Not a case reference.");

    public override string ToString() => _value ?? throw new InvalidOperationException("An empty case reference.");

    private sealed class CaseReferenceJson : JsonConverter<CaseReference>
    {
        public override CaseReference Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            TryParse(reader.GetString(), out var reference) ? reference : throw new JsonException("Not a case reference.");

        public override void Write(Utf8JsonWriter writer, CaseReference value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.ToString());
    }
}
