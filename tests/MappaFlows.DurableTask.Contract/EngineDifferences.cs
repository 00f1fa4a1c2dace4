using System.Text;

namespace MappaFlows.DurableTask.Contract;

/// <param name="Test">The name of a test of <see cref="DurableTaskContract"/>.</param>
/// <param name="Engine">One of <see cref="Engines"/>.</param>
/// <param name="Sentence">What that engine does instead.</param>
public sealed record EngineDifference(string Test, string Engine, string Sentence);

/// <summary>Where an engine does otherwise than the contract says: the one place. Printed as docs/engine-differences.md.</summary>
public static partial class EngineDifferences
{
    /// <summary>With any value, no declared test is skipped: to see whether what is declared is still so.</summary>
    public const string IgnoreVariable = "MAPPAFLOWS_IGNORE_ENGINE_DIFFERENCES";

    private static readonly bool Ignore = !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(IgnoreVariable));

    public static EngineDifference? Of(string test, string engine) =>
        Ignore ? null : All.FirstOrDefault(d => d.Test == test && d.Engine == engine);

    /// <exception cref="InvalidOperationException">Nothing is declared.</exception>
    public static string Of(EngineCapabilities lacking, string engine) =>
        Lacking.FirstOrDefault(l => l.Engine == engine && l.Capability == lacking).Sentence
        ?? throw new InvalidOperationException($"{engine} lacks {lacking}, and no sentence says so.");

    /// <summary>The table as the page in docs.</summary>
    public static string ToMarkdown()
    {
        var page = new StringBuilder();
        void Line(string line) => page.Append(line).Append('\n');
        Line("# Where the engines differ");
        Line("");
        Line("One contract suite runs on every engine. Where an engine does otherwise than the contract says, the test is skipped on it with the");
        Line("sentence below. This page is printed from `EngineDifferences`; a test compares the two.");
        foreach (var engine in new[] { Engines.Embedded, Engines.InProcessTestHost, Engines.AzureStorage })
        {
            Line("");
            Line($"## {engine}");
            Line("");
            var limits = Lacking.Where(l => l.Engine == engine).ToList();
            var differences = All.Where(d => d.Engine == engine).OrderBy(d => d.Test, StringComparer.Ordinal).ToList();
            if (limits.Count + differences.Count == 0) Line("No difference.");
            foreach (var limit in limits) Line($"- {limit.Sentence}");
            if (differences.Count == 0) continue;
            if (limits.Count > 0) Line("");
            Line("| test | what this engine does instead |");
            Line("|---|---|");
            foreach (var difference in differences) Line($"| `{difference.Test}` | {difference.Sentence} |");
        }
        return page.ToString();
    }
}
