namespace MappaFlows.Web.Pages.Referrals;

/// <summary>Why the person is referred.</summary>
public sealed class ReasonModel(
    ReferralDrafts drafts,
    CaseCommands commands,
    TimeProvider time) : ReferralPartModel<ReferralReason>(drafts, commands, time)
{
    public override ReferralPart Part { get; } = ReferralPart.Of(nameof(Core.Referrals.Referral.Reason));

    protected override ReferralReason Read(Referral referral) => referral.Reason;

    protected override Referral Write(Referral referral, ReferralReason input) => referral with { Reason = input };
}
