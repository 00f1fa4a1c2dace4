using System.Reflection;
using MappaFlows.DurableTask.Contract;

namespace MappaFlows.DurableTask.Embedded.Tests;

public sealed class EngineDifferencesTests
{
    /// <summary>With any value, the page is written instead of compared.</summary>
    private const string WriteVariable = "MAPPAFLOWS_WRITE_ENGINE_DIFFERENCES";

    private static readonly string[] Names = [Engines.Embedded, Engines.InProcessTestHost, Engines.AzureStorage];

    [Fact]
    public void Every_difference_names_a_test_and_an_engine_once()
    {
        var tests = typeof(DurableTaskContract).GetMethods()
            .Where(method => method.GetCustomAttributes<FactAttribute>(inherit: true).Any())
            .Select(method => method.Name)
            .ToHashSet();

        Assert.NotEmpty(tests);
        Assert.All(EngineDifferences.All, difference => Assert.Contains(difference.Test, tests));
        Assert.All(EngineDifferences.All, difference => Assert.Contains(difference.Engine, Names));
        Assert.All(EngineDifferences.Lacking, limit => Assert.Contains(limit.Engine, Names));
        Assert.Empty(
            EngineDifferences.All.GroupBy(difference => (difference.Test, difference.Engine)).Where(group =>
                group.Count() > 1).Select(group => group.Key));
    }

    [Fact]
    public void Every_difference_is_one_sentence()
    {
        var sentences = EngineDifferences.All.Select(difference => difference.Sentence).Concat(
            EngineDifferences.Lacking.Select(limit => limit.Sentence));

        Assert.All(sentences, sentence => Assert.Matches("^[A-Z][^.|\n]*\\.$", sentence));
    }

    [Fact]
    public async Task The_page_in_docs_is_what_the_table_prints()
    {
        var page = Path.Combine(Root(), "docs", "engine-differences.md");
        if (!string.IsNullOrEmpty(Environment.GetEnvironmentVariable(WriteVariable)))
            await File.WriteAllTextAsync(page, EngineDifferences.ToMarkdown(), TestContext.Current.CancellationToken);

        var stored = (await File.ReadAllTextAsync(page, TestContext.Current.CancellationToken)).ReplaceLineEndings("\n");

        Assert.True(stored == EngineDifferences.ToMarkdown(), $"The table has changed. Run this test with {WriteVariable}=1 to print it.");
    }

    private static string Root()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "MappaFlows.sln"))) return folder.FullName;
        throw new InvalidOperationException("The tests must run from inside the repository.");
    }
}
