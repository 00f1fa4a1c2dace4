using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace MappaFlows.Workflows.Audit;

/// <summary>
/// A checkpoint as it lies in the checkpoint store: JSON lines, the first about the document, then one for each case. It names the document
/// before it with its hash, so that one which was removed or replaced shows. It holds references, numbers and hashes, and nothing of a
/// person.
/// </summary>
/// <param name="Number">From 1, without gaps.</param>
/// <param name="Previous">The document before; null for the first.</param>
public sealed record CheckpointDocument(long Number, DateTimeOffset At, PreviousDocument? Previous, IReadOnlyList<StreamEntry> Entries)
{
    /// <summary>How the lines are to be read. It counts up when that changes.</summary>
    private const int Format = 1;

    /// <summary>What a number has room for in the row of its event or entry.</summary>
    private const long MaxSequence = 9_999_999_999;

    private const string NameStart = "checkpoint-";
    private const string NameEnd = ".jsonl";

    /// <summary>As cases are written, but strict: a line that lacks something is none of ours.</summary>
    private static readonly JsonSerializerOptions Options = new(StreamJson.Options)
    {
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    /// <summary>The newest event of the administrators' log; null where there was none.</summary>
    public AdministrationEntry? Administrators { get; init; }

    /// <summary>The document's name. Names sort as their numbers do.</summary>
    public static string NameOf(long number) => string.Create(CultureInfo.InvariantCulture, $"{NameStart}{number:D10}{NameEnd}");

    /// <summary>The number in a document's name, or null where it is none of ours.</summary>
    public static long? NumberOf(string name) =>
        name.StartsWith(NameStart, StringComparison.Ordinal)
        && name.EndsWith(NameEnd, StringComparison.Ordinal)
        && long.TryParse(name.AsSpan()[NameStart.Length..^NameEnd.Length], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && NameOf(number) == name
            ? number
            : null;

    /// <summary>The SHA-256 of a document, in small hexadecimal letters.</summary>
    public static string HashOf(ReadOnlySpan<byte> content) => Convert.ToHexStringLower(SHA256.HashData(content));

    /// <summary>The document as it is written.</summary>
    public byte[] ToBytes()
    {
        var text = new StringBuilder();
        Append(new Header(Format, Number, At, Entries.Count, Previous, Administrators));
        foreach (var head in Entries) Append(head);
        return Encoding.UTF8.GetBytes(text.ToString());

        void Append<T>(T line) => text.Append(JsonSerializer.Serialize(line, Options)).Append('\n');
    }

    /// <summary>Reads what should be the document of this number; null where it is not.</summary>
    public static CheckpointDocument? TryRead(long number, ReadOnlySpan<byte> content)
    {
        try
        {
            var lines = Encoding.UTF8.GetString(content).Split('\n');
            var header = Line<Header>(lines[0]);
            if (header.Format != Format || header.Checkpoint != number || lines.Length != header.Entries + 2 || lines[^1].Length > 0)
                return null;
            var document = new CheckpointDocument(number, header.At, header.Previous, [.. lines[1..^1].Select(Line<StreamEntry>)])
            {
                Administrators = header.Administrators,
            };
            var numbers = document.Entries.Select(head => head.Sequence).Append(document.Administrators?.Sequence ?? 1);
            return numbers.All(number => number is > 0 and <= MaxSequence) ? document : null;
        }
        catch (JsonException)
        {
            return null;
        }

        static T Line<T>(string line) => JsonSerializer.Deserialize<T>(line, Options) ?? throw new JsonException("An empty line.");
    }

    private sealed record Header(
        int Format,
        long Checkpoint,
        DateTimeOffset At,
        int Entries,
        PreviousDocument? Previous = null,
        AdministrationEntry? Administrators = null);
}

/// <summary>The document before, by its name and the SHA-256 of its content.</summary>
public sealed record PreviousDocument(string Name, string Sha256);

/// <summary>A case's newest event at the time: through its hash it stands for every event before it.</summary>
/// <param name="Sequence">The event's number, from 1.</param>
public sealed record StreamEntry(CaseReference Case, long Sequence, string Hash);

/// <summary>The newest event of the administrators' log at the time: through its hash it stands for every event before it.</summary>
/// <param name="Sequence">The event's number, from 1.</param>
public sealed record AdministrationEntry(long Sequence, string Hash);
