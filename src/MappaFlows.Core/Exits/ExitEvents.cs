namespace MappaFlows.Core.Exits;

/// <summary>A date that clocks come from was set or changed.</summary>
/// <param name="To">Null where the requirement has no end.</param>
/// <param name="Basis">
/// The id of the basis that ends on it; null where the date is the case's own. Events from before bases were named have none either: they
/// mean the basis that was the newest in its category.
/// </param>
public sealed record DateChanged(CaseDate Which, DateOnly? From, DateOnly? To, string Reason, string? Basis = null) : CaseEvent;

/// <summary>A further reason why the person is managed: a new sentence or order.</summary>
public sealed record EligibilityAdded(EligibilityBasis Basis, string Reason) : CaseEvent;

/// <summary>The lead agency looked at the case before its exit.</summary>
public sealed record PreExitReviewRecorded(string Conclusion, bool ConsiderCategory3) : CaseEvent;
