using System.Buffers;
using System.Globalization;
using System.Text;

namespace MappaFlows.Core.Texts;

/// <summary>
/// What a text may be, wherever it comes from. What is accepted is stored and shown exactly so: what nobody can see, or what turns a line
/// round, must not stand in a record.
/// </summary>
public static class TextPolicy
{
    /// <summary>UTF-16 units of one character as people count, at most. The longest emoji has 14; more is a pile of accents.</summary>
    private const int MaxUnitsPerCharacter = 32;

    /// <summary>Embeddings, overrides and isolates of direction.</summary>
    private static readonly SearchValues<char> Directions = SearchValues.Create("\u202A\u202B\u202C\u202D\u202E\u2066\u2067\u2068\u2069");

    /// <summary>What has no shape and joins nothing, so that at the ends of a text it means nothing.</summary>
    private static readonly SearchValues<char> Shapeless =
        SearchValues.Create("\u00AD\u034F\u115F\u1160\u17B4\u17B5\u180E\u200B\u2060\u2800\u3164\uFEFF\uFFA0");

    /// <summary>
    /// The text as it is kept: composed (NFC), one character for a line break, a space for a tab, nothing to be seen through at its ends.
    /// Empty where nobody would see anything.
    /// </summary>
    public static string Clean(string text)
    {
        // Half a surrogate pair, and the one that stands for a wrong byte order, cannot be normalised; such a text is refused.
        if (!IsWellFormed(text) || text.Contains('\uFFFE', StringComparison.Ordinal)) return text;
        var whole = text.ReplaceLineEndings("\n").Replace('\t', ' ').Normalize(NormalizationForm.FormC);
        return IsBlank(whole) ? "" : Trim(whole);
    }

    /// <summary>Why the text cannot be kept, as the end of a sentence that begins with its name; null where it can.</summary>
    public static string? Fault(string text)
    {
        if (!IsWellFormed(text)) return "must not contain half of a character: type it again";
        if (text.AsSpan().ContainsAny(Directions)) return "must not contain characters that change the direction of text";
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value != '\n' && (Rune.IsControl(rune) || IsNoCharacter(rune.Value)))
                return $"must not contain control characters: remove U+{rune.Value:X4}";
        }

        for (var at = 0; at < text.Length;)
        {
            var length = StringInfo.GetNextTextElementLength(text, at);
            if (length > MaxUnitsPerCharacter) return "must not contain characters with so many marks on them";
            at += length;
        }

        return null;
    }

    /// <summary>The text without what cannot be kept: an earlier release may have stored it.</summary>
    public static string Readable(string text)
    {
        var readable = new StringBuilder(text.Length);
        foreach (var rune in Clean(text).EnumerateRunes())
        {
            if (rune.Value == '\n' || (!Rune.IsControl(rune) && !(rune.IsBmp && Directions.Contains((char)rune.Value))))
                readable.Append(rune);
        }

        return readable.ToString();
    }

    /// <summary>How many characters people count: an emoji is one, and so is a letter with its accents.</summary>
    public static int Length(string text)
    {
        // Half a surrogate pair is refused elsewhere; here it only has to be counted.
        var count = 0;
        for (var at = 0; at < text.Length; count++) at += StringInfo.GetNextTextElementLength(text, at);
        return count;
    }

    /// <summary>Whether nobody would see anything of it.</summary>
    public static bool IsBlank(string? text)
    {
        foreach (var rune in (text ?? "").EnumerateRunes())
        {
            if (!IsUnseen(rune)) return false;
        }

        return true;
    }

    private static bool IsUnseen(Rune rune) =>
        Rune.IsWhiteSpace(rune)
        || (rune.IsBmp && Shapeless.Contains((char)rune.Value))
        || Rune.GetUnicodeCategory(rune) == UnicodeCategory.Format
        || rune.Value is (>= 0xFE00 and <= 0xFE0F) or (>= 0x180B and <= 0x180F) or (>= 0xE0100 and <= 0xE01EF);

    private static bool IsNoCharacter(int value) => (value & 0xFFFE) == 0xFFFE || value is >= 0xFDD0 and <= 0xFDEF;

    private static string Trim(string text)
    {
        var (start, end) = (0, text.Length);
        while (start < end && IsTrimmed(text[start])) start++;
        while (end > start && IsTrimmed(text[end - 1])) end--;
        return text[start..end];
    }

    private static bool IsTrimmed(char character) => char.IsWhiteSpace(character) || Shapeless.Contains(character);

    private static bool IsWellFormed(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i])) continue;
            if (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[i + 1])) return false;
            i++;
        }

        return true;
    }
}
