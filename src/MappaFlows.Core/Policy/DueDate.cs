namespace MappaFlows.Core.Policy;

/// <summary>When something is due, and why.</summary>
/// <param name="At">The instant, in UTC, at which the clock runs out. For a clock that counts days it is the London midnight that ends <paramref name="Day"/>.</param>
/// <param name="Day">The last day on which the thing is still in time. This is the day to show to people.</param>
/// <param name="Trace">The rule that made it.</param>
public sealed record DueDate(DateTimeOffset At, DateOnly Day, RuleTrace Trace)
{
    /// <summary>The rule in plain words.</summary>
    public string Explain() => Trace.Explain();
}
