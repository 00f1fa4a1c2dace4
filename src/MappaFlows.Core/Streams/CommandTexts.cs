using System.Collections.Concurrent;
using System.Reflection;

namespace MappaFlows.Core.Streams;

/// <summary>
/// Every text of a command, or of a part of one, as the <see cref="TextPolicy"/> keeps it. Finds the texts by the types, so that a new
/// command cannot forget one.
/// </summary>
public static class CommandTexts
{
    private const BindingFlags Statics = BindingFlags.NonPublic | BindingFlags.Static;

    private static readonly ConcurrentDictionary<Type, Shape> Shapes = new();

    private static readonly MethodInfo ArrayMethod = typeof(CommandTexts).GetMethod(nameof(ArrayOf), Statics)!;

    /// <summary>The command with clean texts, and what is wrong with those that cannot be kept.</summary>
    /// <remarks>
    /// A problem names its field as decisions do: that of a record which is a command's whole content is not repeated, as in
    /// <c>Decisions[0].Rationale</c>.
    /// </remarks>
    public static (Command Command, IReadOnlyList<Problem> Problems) OfCommand(Command command)
    {
        var problems = new List<Problem>();
        return ((Command)Record(command, "", isCommand: true, problems), problems);
    }

    /// <summary>A part of a command with clean texts.</summary>
    public static (T Value, IReadOnlyList<Problem> Problems) Of<T>(T value)
        where T : class
    {
        var problems = new List<Problem>();
        return ((T)Record(value, "", isCommand: false, problems), problems);
    }

    /// <summary>The types in which texts are looked for, from this one on: for a test that none is passed over.</summary>
    public static IEnumerable<Type> Unread(Type type) => ShapeOf(type).Unread;

    /// <summary>The decision, refused as well for texts that cannot be kept. A right that is missing is said first, and alone.</summary>
    internal static Decision Judge(Decision decision, IReadOnlyList<Problem> problems)
    {
        if (problems.Count == 0) return decision;
        if (decision is Decision.Accepted) return Decision.Invalid(problems);
        return decision is Decision.Refused { Kind: RefusalKind.Invalid } refused
            ? refused with { Problems = Join(problems, refused.Problems) }
            : decision;
    }

    /// <summary>Both; of a field whose text cannot be kept nothing else is said.</summary>
    internal static IReadOnlyList<Problem> Join(IReadOnlyList<Problem> ofTexts, IReadOnlyList<Problem> others)
    {
        var said = ofTexts.Select(problem => problem.Field).ToHashSet(StringComparer.Ordinal);
        return [.. ofTexts, .. others.Where(problem => !said.Contains(problem.Field))];
    }

    private static object? Value(object? value, string field, bool isOptional, List<Problem> problems) => value switch
    {
        null => null,
        string text => Text(text, field, isOptional, problems),
        _ when IsRecord(value.GetType()) => Record(value, field, isCommand: false, problems),
        System.Collections.IEnumerable list when ItemOf(value.GetType()) is { } item => List(list, item, field, problems),
        _ => value,
    };

    private static string? Text(string text, string field, bool isOptional, List<Problem> problems)
    {
        var clean = TextPolicy.Clean(text);
        if (TextPolicy.Fault(clean) is { } fault) problems.Add(new(field, $"{NameOf(field)} {fault}"));
        return clean.Length == 0 && isOptional ? null : clean;
    }

    private static object Record(object record, string prefix, bool isCommand, List<Problem> problems)
    {
        var shape = ShapeOf(record.GetType());
        object? copy = null;
        foreach (var (property, isOptional) in shape.Properties)
        {
            var value = property.GetValue(record);
            var field = isCommand && IsRecord(property.PropertyType) ? ""
                : prefix.Length == 0 ? property.Name
                : $"{prefix}.{property.Name}";
            var clean = Value(value, field, isOptional, problems);
            if (ReferenceEquals(clean, value) || Equals(clean, value)) continue;
            copy ??= shape.Copy.Invoke(record, null)!;
            property.SetValue(copy, clean);
        }

        return copy ?? record;
    }

    private static System.Collections.IEnumerable List(
        System.Collections.IEnumerable list, Type item, string field, List<Problem> problems)
    {
        var before = list.Cast<object?>().ToList();
        var after = before.Select((value, index) => Value(value, $"{field}[{index}]", isOptional: false, problems)).ToList();
        return before.SequenceEqual(after)
            ? list
            : (System.Collections.IEnumerable)ArrayMethod.MakeGenericMethod(item).Invoke(null, [after])!;
    }

    private static T[] ArrayOf<T>(IEnumerable<object> values) => [.. values.Cast<T>()];

    /// <summary>The field's name as the beginning of a sentence: <c>Subject.GivenNames</c> is "Given names".</summary>
    private static string NameOf(string field)
    {
        var words = new System.Text.StringBuilder();
        foreach (var letter in field[(field.LastIndexOf('.') + 1)..].TakeWhile(letter => letter != '['))
        {
            if (words.Length > 0 && char.IsUpper(letter)) words.Append(' ').Append(char.ToLowerInvariant(letter));
            else words.Append(letter);
        }

        return words.ToString();
    }

    private static Shape ShapeOf(Type type) => Shapes.GetOrAdd(type, static type => Shape.Of(type));

    private static bool IsRecord(Type type) => type.IsClass && CloneOf(type) is not null;

    private static MethodInfo? CloneOf(Type type) => type.GetMethod("<Clone>$");

    /// <summary>The type of the list's items where they can hold texts; null for another type.</summary>
    private static Type? ItemOf(Type type) => type
        .GetInterfaces()
        .Append(type)
        .Where(one => one.IsGenericType && one.GetGenericTypeDefinition() == typeof(IEnumerable<>))
        .Select(one => one.GetGenericArguments()[0])
        .FirstOrDefault(item => item == typeof(string) || IsRecord(item));

    private sealed record Shape(
        MethodInfo Copy, IReadOnlyList<(PropertyInfo Property, bool IsOptional)> Properties, IReadOnlyList<Type> Unread)
    {
        public static Shape Of(Type type)
        {
            var nullability = new NullabilityInfoContext();
            var all = type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
                .Where(property => property.CanWrite && property.GetIndexParameters().Length == 0 && !IsVerbatim(property))
                .ToList();
            var read = all.Where(property => IsRead(property.PropertyType)).ToList();
            return new(
                CloneOf(type) ?? throw new ArgumentException($"{type.Name} is no record.", nameof(type)),
                [.. read.Select(property => (property, nullability.Create(property).WriteState == NullabilityState.Nullable))],
                [
                    .. all.Except(read).Select(property => property.PropertyType).Where(one => !one.IsValueType),
                    .. read.SelectMany(property => Nested(property.PropertyType)),
                ]);
        }

        private static bool IsRead(Type type) => type == typeof(string) || IsRecord(type) || ItemOf(type) is not null;

        private static IEnumerable<Type> Nested(Type type) => (IsRecord(type) ? type : ItemOf(type)) is { } record && IsRecord(record)
            ? CommandTexts.Unread(record)
            : [];

        /// <summary>A record's parameter and its property are one.</summary>
        private static bool IsVerbatim(PropertyInfo property) =>
            property.IsDefined(typeof(VerbatimAttribute))
            || property.DeclaringType!.GetConstructors().SelectMany(constructor => constructor.GetParameters()).Any(
                parameter => parameter.Name == property.Name && parameter.IsDefined(typeof(VerbatimAttribute)));
    }
}
