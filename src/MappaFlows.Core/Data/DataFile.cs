using System.Text.Json;
using System.Text.Json.Serialization;

namespace MappaFlows.Core.Data;

/// <summary>Reads data files strictly: a misspelt name is an error, because a setting that is quietly ignored is a missed date.</summary>
internal static class DataFile
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        NumberHandling = JsonNumberHandling.Strict,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };

    private static readonly JsonDocumentOptions DocumentOptions = new()
    {
        CommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
    };

    /// <summary>The text of a file embedded in this assembly.</summary>
    public static string Embedded(string name)
    {
        using var stream = typeof(DataFile).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The data file {name} is not in the assembly.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    /// <summary>Reads one JSON document.</summary>
    /// <exception cref="DataFileException">The text is not JSON of that form; the message names the place.</exception>
    public static T Read<T>(string json, string file)
        where T : class
    {
        try
        {
            using (var document = JsonDocument.Parse(json, DocumentOptions))
                Check(file, [.. Nulls(document.RootElement, "the top").Select(place => $"There is nothing at {place}.")]);
            return JsonSerializer.Deserialize<T>(json, Options)!;
        }
        catch (JsonException e)
        {
            // The reader's own message speaks of .NET types, which help no one who edits a policy; it stays as the cause.
            var line = e.LineNumber + 1;
            throw new DataFileException(
                file,
                [e.Path is null or "$" ? $"It is not JSON as it should be, at line {line}." : $"The name or value at {e.Path}, line {line}, cannot be read."],
                e);
        }
    }

    /// <summary>Where the document says null. No data file has a use for that, and every reader would have to guard against it.</summary>
    private static IEnumerable<string> Nulls(JsonElement element, string place) => element.ValueKind switch
    {
        JsonValueKind.Null => [place],
        JsonValueKind.Object => element.EnumerateObject().SelectMany(p => Nulls(p.Value, p.Name)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany((e, i) => Nulls(e, $"{place}, entry {i + 1}")),
        _ => [],
    };

    /// <summary>Throws when there are problems.</summary>
    public static void Check(string file, IReadOnlyList<string> problems)
    {
        if (problems.Count > 0)
            throw new DataFileException(file, problems);
    }
}
