namespace MappaFlows.Workflows.Projections;

/// <summary>What one person owes, the earliest due first; what has no date comes last.</summary>
/// <param name="IsWhole">Whether every case was looked at.</param>
public sealed record WorkList(IReadOnlyList<OwedWork> Items, bool IsWhole)
{
    public static WorkList Of(IEnumerable<OwedWork> items, bool isWhole) =>
        new([.. items.OrderBy(work => work.Obligation.Due ?? DateTimeOffset.MaxValue)], isWhole);

    /// <summary>The same with what else the person owes, each once.</summary>
    public WorkList With(IEnumerable<OwedWork> more) => Of(
        Items.Concat(more).DistinctBy(work => (work.Case.Reference, work.Obligation.Kind, work.Obligation.Number)),
        IsWhole);
}

/// <summary>An obligation of a case, as the person who owes it sees it.</summary>
public sealed record OwedWork(CaseSummary Case, OwedObligation Obligation);
