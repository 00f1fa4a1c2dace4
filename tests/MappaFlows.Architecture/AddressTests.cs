using System.Text.RegularExpressions;

namespace MappaFlows.Architecture;

/// <summary>Pages are reached by <c>Routes</c>. Razor's own <c>@page</c> and the API's templates are the places that are reached.</summary>
public sealed partial class AddressTests
{
    [Fact]
    public void Only_Routes_spells_the_address_of_a_page()
    {
        var spelt = SpeltAddresses().ToList();

        Assert.True(spelt.Count == 0, $"Put these into Routes.X.cs or XEndpoints.cs:\n{string.Join('\n', spelt)}");
    }

    private static IEnumerable<string> SpeltAddresses() =>
        from file in Projects.SourceFiles("*.cs*", Path.Combine("src", "MappaFlows.Web"))
        where !MaySpell(Path.GetFileName(file))
        from line in File.ReadLines(file).Select((text, i) => (Text: text, Number: i + 1))
        where IsSpelt(line.Text)
        select $"{Path.GetRelativePath(Projects.Top, file)}:{line.Number}: {line.Text.Trim()}";

    [Theory]
    [InlineData("""<a href="/cases/@reference">""")]
    [InlineData("""new SeeOther($"/referrals/sent/{sent}")""")]
    [InlineData("""Routes.Disclosure(reference, number) + "/made";""")]
    [InlineData("""$"{CasePath}/meetings/{number}";""")]
    [InlineData("""<a href="@Model.CasePath/dates">""")]
    [InlineData("""<a href="@(Model.CasePath)/dates">""")]
    [InlineData("""Url.Content("~/dev/clock")""")]
    public void A_spelt_address_is_found(string line) => Assert.True(IsSpelt(line));

    private static bool IsSpelt(string line) =>
        !line.StartsWith("@page ", StringComparison.Ordinal)
            && !line.TrimStart().StartsWith("///", StringComparison.Ordinal)
            && Address().IsMatch(line);

    private static bool MaySpell(string file) =>
        file.StartsWith("Routes.", StringComparison.Ordinal) || file.EndsWith("Endpoints.cs", StringComparison.Ordinal);

    /// <summary>A text that begins with a slash and a small letter, or a slash and a small letter after an expression.</summary>
    [GeneratedRegex("""["']~?/[a-z{]|\}/[a-z]|Path\)?/[a-z@]|"/"(?!\)\.| =>)""")]
    private static partial Regex Address();
}
