namespace MappaFlows.Web.Pages.Referrals;

/// <summary>How much harm is feared, and to whom.</summary>
public sealed class RiskModel(
    ReferralDrafts drafts,
    CaseCommands commands,
    TimeProvider time) : ReferralPartModel<RiskForm>(drafts, commands, time)
{
    public override ReferralPart Part { get; } = ReferralPart.Of(nameof(Core.Referrals.Referral.Risk));

    protected override RiskForm Read(Referral referral) => RiskForm.From(referral.Risk);

    protected override Referral Write(Referral referral, RiskForm input) => referral with { Risk = input.ToPart() };
}
