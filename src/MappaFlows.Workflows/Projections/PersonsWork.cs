namespace MappaFlows.Workflows.Projections;

/// <summary>What a person finds on their start page.</summary>
/// <param name="Mine">What they owe.</param>
/// <param name="PassedOn">What others owe and was passed on to them, the longest overdue first.</param>
/// <param name="Unowned">What no one is there to do, the earliest due first.</param>
/// <param name="Past">What was decided or ran out lately and concerns them, the newest first.</param>
public sealed record PersonsWork(
    WorkList Mine, IReadOnlyList<OwedWork> PassedOn, IReadOnlyList<OwedWork> Unowned, IReadOnlyList<PastWork> Past)
{
    public static PersonsWork None { get; } = new(new([], IsWhole: true), [], [], []);
}

/// <summary>An outcome, and the case in which it was.</summary>
public sealed record PastWork(CaseSummary Case, PastOutcome Outcome);
