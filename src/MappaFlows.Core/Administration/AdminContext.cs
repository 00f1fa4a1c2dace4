namespace MappaFlows.Core.Administration;

/// <summary>Who asks, with the roles of now, and when.</summary>
public sealed record AdminContext(Person Actor, DateTimeOffset Now) : DecisionContext(Actor.Id, Actor.Name, Now);
