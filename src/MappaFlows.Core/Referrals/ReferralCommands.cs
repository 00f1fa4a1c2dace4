namespace MappaFlows.Core.Referrals;

/// <summary>Refers a person and so opens a case.</summary>
public sealed record SubmitReferral(CaseReference Reference, Referral Referral) : CaseCommand;
