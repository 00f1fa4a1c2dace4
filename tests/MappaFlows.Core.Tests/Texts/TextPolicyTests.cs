namespace MappaFlows.Core.Tests.Texts;

public sealed class TextPolicyTests
{
    [Theory]
    [InlineData("Sio\u0302n", "Si\u00F4n")]
    [InlineData("one\r\ntwo\rthree\u2028four", "one\ntwo\nthree\nfour")]
    [InlineData(" \u00A0Sam\u200B\uFEFF ", "Sam")]
    [InlineData("a\tb", "a b")]
    [InlineData("\U0001F3F4\U000E0067\U000E0062\U000E0065\U000E006E\U000E0067\U000E007F", "\U0001F3F4\U000E0067\U000E0062\U000E0065\U000E006E\U000E0067\U000E007F")]
    public void Text_is_kept_in_one_form(string typed, string kept)
    {
        Assert.Equal(kept, TextPolicy.Clean(typed));
        Assert.Equal(kept, TextPolicy.Clean(kept));
        Assert.Null(TextPolicy.Fault(kept));
    }

    [Theory]
    [InlineData("\u200B")]
    [InlineData("\u2060")]
    [InlineData("\uFEFF")]
    [InlineData("\u00AD")]
    [InlineData("\u034F")]
    [InlineData("\u115F")]
    [InlineData("\u3164")]
    [InlineData("\u200D\u200E\u061C")]
    [InlineData("\u3000\u2003\t\n")]
    [InlineData("\U000E0020\uFE0F")]
    public void Text_that_nobody_can_see_is_empty(string typed)
    {
        Assert.True(TextPolicy.IsBlank(typed));
        Assert.Equal("", TextPolicy.Clean(typed));
    }

    [Theory]
    [InlineData("abc\u202Edef", "must not contain characters that change the direction of text")]
    [InlineData("\u2067abc", "must not contain characters that change the direction of text")]
    [InlineData("a\u0000b", "must not contain control characters: remove U+0000")]
    [InlineData("a\u0007b", "must not contain control characters: remove U+0007")]
    [InlineData("a\u009Bb", "must not contain control characters: remove U+009B")]
    public void Text_that_cannot_be_kept_is_refused_in_words(string typed, string fault) =>
        Assert.Equal(fault, TextPolicy.Fault(TextPolicy.Clean(typed)));

    [Theory]
    [InlineData('\uD800')]
    [InlineData('\uDC00')]
    public void Half_a_character_is_refused_in_words(char half)
    {
        var typed = $"a{half}b";

        Assert.Equal("must not contain half of a character: type it again", TextPolicy.Fault(TextPolicy.Clean(typed)));
    }

    [Fact]
    public void A_pile_of_accents_is_refused() =>
        Assert.Equal("must not contain characters with so many marks on them", TextPolicy.Fault("Z" + new string('\u0301', 40)));

    [Theory]
    [InlineData("", 0)]
    [InlineData("abc", 3)]
    [InlineData("e\u0301", 1)]
    [InlineData("\U0001F468\u200D\U0001F469\u200D\U0001F467\u200D\U0001F466", 1)]
    [InlineData("a\nb", 3)]
    public void Length_is_counted_as_people_count(string text, int length) => Assert.Equal(length, TextPolicy.Length(text));

    [Fact]
    public void What_an_earlier_release_stored_is_readable() =>
        Assert.Equal("Room 1, left", TextPolicy.Readable("Room\u0007 1\u202E, left\u0000 "));

    [Fact]
    public void Text_of_visible_characters_is_not_empty()
    {
        foreach (var text in new[] { "x", "\u0301", "\u0627", "\u4E2D", "\U0001F600", "." }) Assert.False(TextPolicy.IsBlank(text));
    }
}
