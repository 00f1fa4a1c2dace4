namespace MappaFlows.Core.Screening;

/// <summary>The coordinator cannot decide yet.</summary>
public sealed record InformationRequested(string Question) : CaseEvent;

/// <summary>The referrer answered; the screening clock starts again.</summary>
public sealed record InformationGiven(string Answer) : CaseEvent;

/// <summary>The person is managed from now on, at this level.</summary>
public sealed record ReferralAccepted(ManagementLevel Level, string Reasons, IReadOnlyList<EligibilityBasis> Bases) : CaseEvent;

/// <summary>The referral does not meet the test; the case ends here.</summary>
public sealed record ReferralRefused(string Reasons) : CaseEvent;
