namespace MappaFlows.Core.Policy;

/// <summary>When something is due, and why.</summary>
/// <param name="At">
/// The instant at which it is late. For a clock that counts days it is the London midnight that ends <paramref name="Day"/>.
/// </param>
/// <param name="Day">The last day on which it is in time: the day to show.</param>
/// <param name="Explanation">Plain words for the person who sees the date.</param>
/// <param name="Rule">The clock that made it; null where it is the end of a sentence, order or requirement.</param>
public sealed record Deadline(DateTimeOffset At, DateOnly Day, string Explanation, RuleTrace? Rule);
