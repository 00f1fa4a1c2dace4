namespace MappaFlows.Core.Exits;

/// <summary>A date that clocks come from was set or changed.</summary>
/// <param name="To">Null where the requirement has no end.</param>
/// <param name="BasisId">The basis that ends on it; null where the date is the case's own.</param>
public sealed record DateChanged(CaseDate Date, DateOnly? From, DateOnly? To, string Reason, string? BasisId = null) : CaseEvent;

/// <summary>A further reason why the person is managed: a new sentence or order.</summary>
public sealed record EligibilityAdded(EligibilityBasis Basis, string Reason) : CaseEvent;

/// <summary>The lead agency looked at the case before its exit.</summary>
public sealed record PreExitReviewRecorded(string Conclusion, bool ConsiderCategory3) : CaseEvent;
