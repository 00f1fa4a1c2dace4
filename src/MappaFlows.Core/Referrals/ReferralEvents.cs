namespace MappaFlows.Core.Referrals;

/// <summary>A professional referred a person; the case begins.</summary>
public sealed record ReferralSubmitted(CaseReference Reference, Referral Referral) : CaseEvent;
