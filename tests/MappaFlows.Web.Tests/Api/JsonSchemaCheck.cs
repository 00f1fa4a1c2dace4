using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace MappaFlows.Web.Tests.Api;

/// <summary>
/// Says where a value does not fit a schema of an OpenAPI 3.1 document. It knows what our document uses and fails on any other keyword. It
/// is stricter than JSON Schema in one point: a member that the schema does not name is a fault, unless it is an extension of a problem.
/// </summary>
internal sealed class JsonSchemaCheck(JsonElement document)
{
    private static readonly HashSet<string> Known =
    [
        "$ref", "type", "enum", "oneOf", "required", "properties", "items", "additionalProperties", "pattern", "format", "description", "default",
    ];

    public IReadOnlyList<string> Of(JsonElement value, JsonElement schema)
    {
        var faults = new List<string>();
        Check(value, schema, "$", faults);
        return faults;
    }

    private void Check(JsonElement value, JsonElement schema, string at, List<string> faults)
    {
        if (schema.TryGetProperty("$ref", out var reference))
        {
            var name = reference.GetString()!["#/components/schemas/".Length..];
            Check(value, document.GetProperty("components").GetProperty("schemas").GetProperty(name), at, faults);
            return;
        }

        foreach (var keyword in schema.EnumerateObject().Where(keyword => !Known.Contains(keyword.Name)))
            faults.Add($"{at}: the check does not know {keyword.Name}");
        if (schema.TryGetProperty("oneOf", out var choices))
        {
            var fitting = choices.EnumerateArray().Count(choice => Of(value, choice).Count == 0);
            if (fitting != 1) faults.Add($"{at} fits {fitting} of its schemas instead of one");
        }

        if (schema.TryGetProperty("type", out var type) && !Types(type).Any(name => IsOf(value, name)))
            faults.Add($"{at} is {value.ValueKind}, not {type}");
        if (schema.TryGetProperty("enum", out var names) && !names.EnumerateArray().Any(name => JsonElement.DeepEquals(name, value)))
            faults.Add($"{at} is {value}, not one of {names}");
        if (value.ValueKind == JsonValueKind.String) CheckText(value.GetString()!, schema, at, faults);
        if (value.ValueKind == JsonValueKind.Array && schema.TryGetProperty("items", out var items))
        {
            foreach (var (index, item) in value.EnumerateArray().Index()) Check(item, items, $"{at}[{index}]", faults);
        }

        if (value.ValueKind == JsonValueKind.Object) CheckMembers(value, schema, at, faults);
    }

    private void CheckMembers(JsonElement value, JsonElement schema, string at, List<string> faults)
    {
        if (schema.TryGetProperty("required", out var required))
        {
            faults.AddRange(required.EnumerateArray()
                .Where(name => !value.TryGetProperty(name.GetString()!, out _))
                .Select(name => $"{at} has no {name}"));
        }

        var hasProperties = schema.TryGetProperty("properties", out var properties);
        var hasOthers = schema.TryGetProperty("additionalProperties", out var others);
        foreach (var member in value.EnumerateObject())
        {
            var place = $"{at}.{member.Name}";
            if (hasProperties && properties.TryGetProperty(member.Name, out var own)) Check(member.Value, own, place, faults);
            else if (hasOthers && others.ValueKind == JsonValueKind.Object) Check(member.Value, others, place, faults);
            else if (hasProperties && member.Name != "traceId") faults.Add($"{place} is not described");
        }
    }

    private static void CheckText(string text, JsonElement schema, string at, List<string> faults)
    {
        if (schema.TryGetProperty("pattern", out var pattern)
            && !Regex.IsMatch(text, pattern.GetString()!, RegexOptions.None, TimeSpan.FromSeconds(1)))
        {
            faults.Add($"{at} does not look like {pattern}");
        }

        if (!schema.TryGetProperty("format", out var format)) return;
        var fits = format.GetString() switch
        {
            "date" => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
            "date-time" => DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out _)
                && Regex.IsMatch(text, "(Z|[+-][0-9]{2}:[0-9]{2})$", RegexOptions.None, TimeSpan.FromSeconds(1)),
            _ => false,
        };
        if (!fits) faults.Add($"{at} is no {format}");
    }

    private static IEnumerable<string> Types(JsonElement type) =>
        type.ValueKind == JsonValueKind.Array ? type.EnumerateArray().Select(name => name.GetString()!) : [type.GetString()!];

    private static bool IsOf(JsonElement value, string type) => type switch
    {
        "null" => value.ValueKind == JsonValueKind.Null,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
        "number" => value.ValueKind == JsonValueKind.Number,
        "string" => value.ValueKind == JsonValueKind.String,
        "array" => value.ValueKind == JsonValueKind.Array,
        "object" => value.ValueKind == JsonValueKind.Object,
        _ => false,
    };
}
