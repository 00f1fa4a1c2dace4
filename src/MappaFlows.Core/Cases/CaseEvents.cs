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
/// <param name="Late">
/// Whether the clock came to it so late that something later had come too, so that no one was written to: the engine had stopped.
/// </param>
public sealed record ObligationReminded(ObligationKind Kind, int? Number, DateTimeOffset? Due, bool Late = false) : CaseEvent;

/// <summary>Something was not done in time, and others were asked or notified, once.</summary>
/// <param name="Late">As with a reminder.</param>
public sealed record ObligationEscalated(ObligationKind Kind, int? Number, DateTimeOffset? Due, bool Late = false) : CaseEvent;

/// <summary>What was escalated is still not done, and its people were told again.</summary>
/// <param name="Times">How often, with this time.</param>
public sealed record ObligationStillOverdue(ObligationKind Kind, int? Number, DateTimeOffset? Due, int Times) : CaseEvent;

/// <summary>The person is no longer managed under MAPPA.</summary>
/// <param name="Undone">What was not done when it closed; null where nothing was left, and in events of 0.2.0.</param>
public sealed record CaseClosed(
    ExitReason Reason,
    DateOnly LastDay,
    string Explanation,
    IReadOnlyList<UndoneObligation>? Undone = null) : CaseEvent;

/// <summary>Something that was not done when a case closed: what it was, and nothing of the person.</summary>
public sealed record UndoneObligation(ObligationKind Kind, int? Number);
