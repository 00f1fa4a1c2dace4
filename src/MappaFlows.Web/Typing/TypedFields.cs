using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Mvc;

namespace MappaFlows.Web.Typing;

/// <summary>The fields of a page's forms: which of them come back, and what they are called.</summary>
/// <param name="page">The page's class.</param>
internal sealed partial class TypedFields(Type page)
{
    /// <summary>What every form has for itself, or is no text of a person.</summary>
    private static readonly string[] Own = ["Key", "Version"];

    private const int MatchWithinMs = 1_000;

    /// <summary>The properties that a post is bound to. What an address can set too is no part of a form.</summary>
    public static IEnumerable<PropertyInfo> Bound(Type page) =>
        page.GetProperties().Where(property => property.GetCustomAttribute<BindPropertyAttribute>() is { SupportsGet: false });

    /// <summary>Whether this field is one of the page's and comes back.</summary>
    public bool Includes(string field) => PathOf(field) is { Count: > 0 } path && !path.Any(IsNotKept);

    /// <summary>Whether there is anything in them that a person would miss.</summary>
    public bool HasText(IEnumerable<TypedField> fields) => fields.Any(field => IsText(field) && !TextPolicy.IsBlank(field.Value));

    /// <summary>What was typed, in words: each answer beside what it answers, in the order of the form.</summary>
    public IReadOnlyList<(string Name, string Value)> Describe(IEnumerable<TypedField> fields) =>
    [
        .. fields.Where(field => IsText(field) && !TextPolicy.IsBlank(field.Value))
            .GroupBy(field => DatePart().Replace(field.Name, ""))
            .Select(group => (
                LabelOf(group.Key),
                string.Join(DatePart().IsMatch(group.First().Name) ? " " : "\n", group.Select(Word)))),
    ];

    private bool IsText(TypedField field) =>
        !Own.Contains(field.Name) && !field.Name.EndsWith("Id", StringComparison.Ordinal) && Includes(field.Name);

    private static bool IsNotKept(PropertyInfo property) => property.IsDefined(typeof(NotKeptAttribute), inherit: true);

    private string Word(TypedField field)
    {
        var type = PathOf(field.Name)[^1].PropertyType;
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(bool)) return bool.TryParse(field.Value, out var flag) ? PlainText.YesNo(flag) : field.Value;
        return type.IsEnum ? Humanise(field.Value) : field.Value;
    }

    /// <summary>Such as "Decision 1: rationale".</summary>
    private string LabelOf(string name)
    {
        var path = PathOf(name);
        var label = new StringBuilder();
        var number = Index().Match(name);
        for (var i = path.Count > 1 ? 1 : 0; i < path.Count; i++)
        {
            var said = path[i].GetCustomAttribute<DisplayAttribute>()?.GetName() ?? Humanise(path[i].Name);
            label.Append(label.Length == 0 ? said : $": {char.ToLower(said[0], CultureInfo.InvariantCulture)}{said[1..]}");
            if (i < path.Count - 1 && number.Success)
                label.Append(CultureInfo.InvariantCulture, $" {int.Parse(number.Groups["number"].ValueSpan, CultureInfo.InvariantCulture) + 1}");
        }

        return label.ToString();
    }

    /// <summary>"RecipientName" in words.</summary>
    private static string Humanise(string name)
    {
        var words = Hump().Replace(name, " ").ToLowerInvariant();
        return words.Length == 0 ? words : char.ToUpperInvariant(words[0]) + words[1..];
    }

    /// <summary>The properties that a field's name leads through; empty where it leads nowhere.</summary>
    private IReadOnlyList<PropertyInfo> PathOf(string field)
    {
        List<PropertyInfo> path = [];
        var type = page;
        foreach (var part in Index().Replace(field, "").Split('.'))
        {
            // A date is one answer of three fields.
            if (type == typeof(DateInput)) return path;
            var properties = path.Count == 0 ? Bound(page) : type.GetProperties();
            var property = properties.FirstOrDefault(property => property.Name.Equals(part, StringComparison.OrdinalIgnoreCase));
            if (property is null) return [];
            path.Add(property);
            type = ElementOf(property.PropertyType);
        }

        return path;
    }

    private static Type ElementOf(Type type) =>
        type != typeof(string) && type.IsAssignableTo(typeof(IEnumerable)) && type.GenericTypeArguments is [var element] ? element : type;

    [GeneratedRegex(@"\.(Day|Month|Year)$", RegexOptions.ExplicitCapture, MatchWithinMs)]
    private static partial Regex DatePart();

    [GeneratedRegex(@"\[(?<number>\d{1,6})\]", RegexOptions.ExplicitCapture, MatchWithinMs)]
    private static partial Regex Index();

    [GeneratedRegex("(?<=[a-z])(?=[A-Z])", RegexOptions.ExplicitCapture, MatchWithinMs)]
    private static partial Regex Hump();
}
