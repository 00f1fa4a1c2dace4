using CsCheck;

namespace MappaFlows.Tables.Tests;

public sealed class RowRangeTests
{
    // Letters on both sides of each place where counting up by one would end in half a surrogate pair.
    private static readonly string[] Letters =
        ["a", "b", "~", "\uD7FF", "\uE000", "\uFFFD", "\uFFFE", "\uFFFF", "😀", "\U0001F3FF", "\U0001F400", "\U0010FFFF", "\U0010FC00", "\U0001D7FF"];

    private static readonly Gen<string> GenText =
        Gen.Int[0, Letters.Length - 1].Array[0, 3].Select(letters => string.Concat(letters.Select(letter => Letters[letter])));

    [Fact]
    public void A_prefixs_range_holds_exactly_the_texts_that_start_with_it() =>
        Gen.Select(GenText, GenText, GenText).Sample((prefix, rest, other) =>
        {
            var range = RowRange.Prefix(prefix);
            return Holds(range, prefix + rest) && Holds(range, other) == other.StartsWith(prefix, StringComparison.Ordinal);
        });

    [Fact]
    public void A_prefixs_bounds_can_be_written_in_any_encoding() =>
        GenText.Sample(prefix =>
        {
            var end = RowRange.Prefix(prefix).To ?? "";
            return end == System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(end));
        });

    private static bool Holds(RowRange range, string row) =>
        (range.From is null || string.CompareOrdinal(range.From, row) <= 0)
            && (range.To is null || string.CompareOrdinal(row, range.To) < 0);
}
