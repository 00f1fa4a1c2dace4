namespace MappaFlows.Core.Cases;

/// <summary>
/// Something that happened in a case. Events are the truth and the audit trail: they are only ever added to, and their names and
/// properties, once released, are kept readable for ever.
/// </summary>
public abstract record CaseEvent : StreamEvent;

/// <summary>The case is managed at another level.</summary>
public sealed record LevelChanged(ManagementLevel From, ManagementLevel To, string Reasons) : CaseEvent;

/// <summary>One basis ended and the next that still holds took over.</summary>
public sealed record CategoryChanged(Category From, Category To, string Explanation) : CaseEvent;

/// <summary>Those who owe something were reminded, once.</summary>
public sealed record ObligationReminded(ObligationKind Kind, int? Number, DateTimeOffset? Due) : CaseEvent;

/// <summary>Something was not done in time, and others were asked or notified, once.</summary>
public sealed record ObligationEscalated(ObligationKind Kind, int? Number, DateTimeOffset? Due) : CaseEvent;

/// <summary>The person is no longer managed under MAPPA.</summary>
public sealed record CaseClosed(ExitReason Reason, DateOnly LastDay, string Explanation) : CaseEvent;
