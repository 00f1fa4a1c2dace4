namespace MappaFlows.Web.Pages.Referrals;

/// <summary>Victims, children and domestic abuse.</summary>
public sealed class SafeguardingModel(
    ReferralDrafts drafts,
    CaseCommands commands,
    TimeProvider time) : ReferralPartModel<ReferralSafeguarding>(drafts, commands, time)
{
    public override ReferralPart Part { get; } = ReferralPart.Of(nameof(Core.Referrals.Referral.Safeguarding));

    protected override ReferralSafeguarding Read(Referral referral) => referral.Safeguarding;

    protected override Referral Write(Referral referral, ReferralSafeguarding input) => referral with { Safeguarding = input };
}
