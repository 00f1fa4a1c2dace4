namespace MappaFlows.Core.Cases;

/// <summary>What a decision in a case is made with besides the case and the command: who asks, when, and the rules of that day.</summary>
/// <param name="People">The people of the case's area.</param>
public sealed record CaseContext(
    Person Actor,
    DateTimeOffset Now,
    PolicyBook Policy,
    WorkingCalendar Calendar,
    IReadOnlyList<Person> People) : DecisionContext(Actor.Id, Actor.Name, Now)
{
    /// <summary>Everyone who administers the product, wherever they work: they hear of work that reaches no one.</summary>
    public IReadOnlyList<Person> Administrators { get; init; } = [];

    /// <summary>The day it is in London.</summary>
    public DateOnly Today => LondonTime.Today(Now);

    /// <summary>The clocks of the case's area.</summary>
    public CaseClocks Clocks(CaseState state) => new(state, Policy, Calendar);
}
