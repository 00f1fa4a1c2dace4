namespace MappaFlows.DurableTask.Embedded.Engine;

/// <summary>What names and ids may be. They become keys and JSON, so they must be well-formed text.</summary>
internal static class Names
{
    private const int MaxIdLength = 1024;

    /// <exception cref="ArgumentException">
    /// The id is empty, too long, not well formed, or starts with @, which the SDK keeps for entities.
    /// </exception>
    public static string CheckedId(string id)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        if (id[0] == '@')
            throw new ArgumentException("An instance id cannot start with '@': such ids are for entities, which this backend does not support.", nameof(id));
        if (id.Length > MaxIdLength)
            throw new ArgumentException($"An instance id has at most {MaxIdLength} characters.", nameof(id));
        return Checked(id, "An instance id");
    }

    /// <exception cref="ArgumentException">The text is empty or has half a surrogate pair.</exception>
    public static string Checked(string text, string what)
    {
        ArgumentException.ThrowIfNullOrEmpty(text);
        return IsWellFormed(text) ? text : throw new ArgumentException($"{what} is not well-formed text: it has half of a surrogate pair.", nameof(text));
    }

    /// <summary>A text for people to read, as it can be stored.</summary>
    public static string? Readable(string? text) => text is null || IsWellFormed(text)
        ? text
        : string.Concat(text.EnumerateRunes().Select(rune => rune.ToString()));

    private static bool IsWellFormed(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i]))
                continue;
            if (!char.IsHighSurrogate(text[i]) || ++i == text.Length || !char.IsLowSurrogate(text[i]))
                return false;
        }
        return true;
    }
}
