namespace MappaFlows.Testing.Samples;

/// <summary>Texts of each class that has broken software before. What a test does with them is its own matter.</summary>
public static class NaughtyStrings
{
    public static IReadOnlyList<string> All { get; } =
    [
        // Nothing, and what looks like nothing.
        "", " ", "\t", "\u00A0", "\u200B", "\uFEFF", "\u2060\u200D", "\u3164", "null", "undefined", "nil", "None",

        // Lines, and control characters.
        "a\nb", "a\r\nb", "a\u2028b", "a\u0085b", "\0", "a\0b", "\u0007\u001B[31mred", "\u007F",

        // Letters that turn a line round, join, or pile up.
        "\u202Egnp.exe", "\u2067abc\u2069", "שלום עולם", "مرحبا", "Z\u0351\u036B\u0343a\u0363\u0353l\u0348g\u034Fo\u031C", "e\u0301", "é", "ﬁ", "ß", "İi",

        // Beyond the basic plane, halves of a pair, and families of one letter.
        "😀", "👩‍👩‍👧‍👦", "🏴󠁧󠁢󠁷󠁬󠁳󠁿", "𠜎𠜱", "\uD83D", "\uDC00a", "\uFFFE", "\uFFFF",

        // What other languages run.
        "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "javascript:alert(1)", "' OR '1'='1", "'; DROP TABLE entities;--",
        "{{7*7}}", "${7*7}", "@(7*7)", "<%= 7*7 %>", "{0} {1}", "%s%n%x", "$(reboot)", "`reboot`", "; reboot", "=1+1", "@SUM(1)", "+cmd|' /C calc'!A0",

        // Paths and addresses.
        "../../etc/passwd", "..\\..\\windows", "CON", "file:///etc/passwd", "//evil.example", "a?b#c%00", "%2e%2e%2f",

        // Numbers and dates as words.
        "0", "-0", "-1", "1e309", "NaN", "Infinity", "9223372036854775808", "0x10", "٣", "31/02/2026", "2026-02-30", "0226-01-01", "12:61",

        // JSON and XML.
        "{\"a\":", "[1,2", "\\u0000", "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>", "]]>",

        // Long.
        new('x', 201), new('x', 4_001), string.Concat(Enumerable.Repeat("é́", 1_000)),
    ];
}
