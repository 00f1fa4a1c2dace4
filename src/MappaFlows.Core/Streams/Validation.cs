using System.Diagnostics.CodeAnalysis;

namespace MappaFlows.Core.Streams;

/// <summary>Collects every problem of a command, so that a person fixes them all at once.</summary>
public sealed class Validation
{
    /// <summary>The most characters of a free text, as people count them.</summary>
    public const int MaxLongText = 4000;

    /// <summary>The most characters of a name, number or place.</summary>
    public const int MaxShortText = 200;

    private readonly List<Problem> _problems = [];

    public bool HasFailed => _problems.Count > 0;

    public IReadOnlyList<Problem> Problems => _problems;

    public Decision.Refused Refused => new(RefusalKind.Invalid, _problems);

    public void Add(string field, string message) => _problems.Add(new(field, message));

    /// <summary>Asks for something to be true.</summary>
    public void Require(bool holds, string field, string message)
    {
        if (!holds) Add(field, message);
    }

    /// <summary>Asks for a value.</summary>
    public bool Given<T>([NotNullWhen(true)] T? value, string field, string message)
    {
        Require(value is not null, field, message);
        return value is not null;
    }

    /// <summary>Asks for a text that is not blank and not too long.</summary>
    /// <param name="what">What it is, as in "Enter <c>the reasons</c>".</param>
    public void Text([NotNull] string? value, string field, string what, int maxLength = MaxLongText)
    {
        Require(!TextPolicy.IsBlank(value), field, $"Enter {what}");
        OptionalText(value, field, what, maxLength);
        value ??= "";
    }

    /// <summary>Lets a text be blank, but not too long. A short one has one line.</summary>
    public void OptionalText(string? value, string field, string what, int maxLength = MaxLongText)
    {
        if (value is null) return;
        var name = $"{char.ToUpperInvariant(what[0])}{what[1..]}";
        Require(maxLength > MaxShortText || !value.Contains('\n', StringComparison.Ordinal), field, $"{name} must be on one line");
        if (value.Length > maxLength && TextPolicy.Length(value) is var length && length > maxLength)
            Add(field, $"{name} must be {maxLength:N0} characters or fewer: you have entered {length:N0}");
    }
}
