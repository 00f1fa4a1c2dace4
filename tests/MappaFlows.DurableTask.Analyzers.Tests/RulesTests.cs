using Microsoft.CodeAnalysis;

namespace MappaFlows.DurableTask.Analyzers.Tests;

public sealed class RulesTests
{
    [Fact]
    public void Each_of_our_rules_is_an_error()
    {
        var rules = new OrchestrationAnalyzer().SupportedDiagnostics;
        Assert.Equal(Enumerable.Range(1, 9).Select(n => $"MAPPA{n:D4}"), rules.Select(r => r.Id));
        Assert.All(rules, r => Assert.True(r is { DefaultSeverity: DiagnosticSeverity.Error, IsEnabledByDefault: true }));
    }

    /// <summary>When Microsoft adds a rule, see whether one of ours can go.</summary>
    [Fact]
    public void Microsofts_rules_are_those_that_ours_were_cut_to()
    {
        Assert.Equal(
            [
                "DURABLE0001", "DURABLE0002", "DURABLE0003", "DURABLE0004", "DURABLE0005", "DURABLE0006", "DURABLE0007", "DURABLE0008", "DURABLE0009",
                "DURABLE0010", "DURABLE0011", "DURABLE1001", "DURABLE1002", "DURABLE1003", "DURABLE2001", "DURABLE2002", "DURABLE2003", "DURABLE2004",
            ],
            Both.Microsofts.SelectMany(a => a.SupportedDiagnostics).Select(d => d.Id).Distinct().Order());
    }
}
