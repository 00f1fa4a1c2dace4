using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;

namespace MappaFlows.Web.Api;

/// <summary>Fields as callers of the API know them, and what each takes.</summary>
internal static partial class JsonFields
{
    /// <summary>The field of a path of the serializer: <c>$.decisions[0].decision</c> is <c>decisions[0].decision</c>.</summary>
    public static string Of(string? path) =>
        path is null or "$" ? "" : path.StartsWith("$.", StringComparison.Ordinal) ? path[2..] : path[1..];

    /// <summary>The field of a command's property: <c>Decisions[0].Decision</c> is <c>decisions[0].decision</c>.</summary>
    public static string OfProperty(string property) =>
        string.Join('.', property.Split('.').Select(part => JsonNamingPolicy.CamelCase.ConvertName(part)));

    /// <summary>What the field at this path takes, as an instruction.</summary>
    public static string Expected(Type root, string? path)
    {
        var type = TypeAt(root, Of(path)) is { } found ? Nullable.GetUnderlyingType(found) ?? found : typeof(object);
        if (type.IsEnum) return $"Use one of: {string.Join(", ", Enum.GetNames(type))}";
        if (type == typeof(DateOnly)) return "Use a date that exists, as YYYY-MM-DD";
        if (type == typeof(DateTimeOffset)) return "Use a date and time with its offset, such as 2027-03-01T09:00:00Z";
        if (type == typeof(bool)) return "Use true or false";
        if (type == typeof(int)) return "Use a whole number";
        if (type == typeof(string)) return "Use a text";
        if (typeof(System.Collections.IEnumerable).IsAssignableFrom(type)) return "Use a list";
        return "Use an object; leave a field out rather than send null";
    }

    private static Type? TypeAt(Type root, string field)
    {
        Type? type = root;
        foreach (Match step in Step().Matches(field))
        {
            if (type is null) return null;
            var contract = ApiJson.Lenient.GetTypeInfo(Nullable.GetUnderlyingType(type) ?? type);
            type = step.Groups["index"].Success
                ? contract.ElementType
                : contract.Kind == JsonTypeInfoKind.Object
                    ? contract.Properties.FirstOrDefault(
                        property => property.Name.Equals(step.Value, StringComparison.OrdinalIgnoreCase))?.PropertyType
                    : null;
        }

        return type;
    }

    [GeneratedRegex(@"(?<index>\[\d+\])|[^.\[\]]+", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Step();
}
