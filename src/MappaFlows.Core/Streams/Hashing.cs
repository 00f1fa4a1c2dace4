using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace MappaFlows.Core.Streams;

/// <summary>SHA-256 in lower-case hexadecimal.</summary>
public static class Hashing
{
    /// <summary>The hash of the text as UTF-8.</summary>
    public static string OfText(string text) => OfBytes(Encoding.UTF8.GetBytes(text));

    public static string OfBytes(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    /// <summary>The hash of a list of texts. It is written as JSON first, so that no two lists have the same hash.</summary>
    public static string OfParts(params IReadOnlyList<string> parts) => OfText(JsonSerializer.Serialize(parts));
}
