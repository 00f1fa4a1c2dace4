using System.Text.Json;
using System.Text.Json.Serialization;

namespace MappaFlows.Core.Data;

/// <summary>Reads data files strictly: a misspelt name is an error, because a setting that is quietly ignored is a missed date.</summary>
static class DataFile
{
    static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        NumberHandling = JsonNumberHandling.Strict,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
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
            return JsonSerializer.Deserialize<T>(json, Options)
                ?? throw new DataFileException(file, ["The file is empty."]);
        }
        catch (JsonException e)
        {
            // The reader's own message speaks of .NET types, which help nobody who edits a policy; it stays as the cause.
            var line = e.LineNumber + 1;
            throw new DataFileException(
                file,
                [e.Path is null or "$" ? $"It is not JSON as it should be, at line {line}." : $"The name or value at {e.Path}, line {line}, cannot be read."],
                e);
        }
    }

    /// <summary>Throws when there are problems.</summary>
    public static void Check(string file, IReadOnlyList<string> problems)
    {
        if (problems.Count > 0)
            throw new DataFileException(file, problems);
    }
}
