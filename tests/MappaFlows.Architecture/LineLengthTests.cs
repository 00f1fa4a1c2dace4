using System.Text.RegularExpressions;

namespace MappaFlows.Architecture;

/// <summary>The length of a line, which no analyzer holds. Text in quotes is not counted: a sentence is better read whole.</summary>
public sealed partial class LineLengthTests
{
    private const int Max = 140;

    [Theory]
    [InlineData("src")]
    [InlineData("tests")]
    public void No_line_of_code_is_longer_than_140_characters(string folder)
    {
        var found = from file in Projects.SourceFiles("*.cs", folder)
                    from number in TooLong(File.ReadAllText(file))
                    select $"{Path.GetRelativePath(Projects.Top, file)}:{number}";

        Assert.True(!found.Any(), $"Break these lines:\n{string.Join('\n', found)}");
    }

    [Fact]
    public void A_line_that_is_too_long_is_found_and_text_in_quotes_is_not_counted()
    {
        var text = new string('x', Max);
        Assert.Equal([2], TooLong($"M();\n{text}x\n{text}"));
        Assert.Empty(TooLong($"M(\"{text}\");\nN(\"\"\"\n{text} \"{text}\"\n\"\"\");"));
    }

    private static IEnumerable<int> TooLong(string text) =>
        from line in Quoted().Replace(text, quoted => new string('\n', quoted.Value.Count(c => c == '\n'))).Split('\n').Index()
        where line.Item.Length > Max
        select line.Index + 1;

    [GeneratedRegex(@"""""""[\s\S]*?""""""|""(?:[^""\\\n]|\\.)*""")]
    private static partial Regex Quoted();
}
