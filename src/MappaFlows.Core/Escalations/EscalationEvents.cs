namespace MappaFlows.Core.Escalations;

/// <summary>A person to whom something was passed on reminded those who owe it.</summary>
/// <param name="OwnerRole">The role of those who owe it; null where one person does.</param>
/// <param name="OwnerId">The person who owes it; null where a role does.</param>
public sealed record OwnerReminded(ObligationKind Kind, int? Number, DateTimeOffset? Due, Role? OwnerRole, string? OwnerId) : CaseEvent;

/// <summary>A person to whom something was passed on said what they did about it.</summary>
public sealed record EscalationNoted(ObligationKind Kind, int? Number, DateTimeOffset? Due, string Note) : CaseEvent;
