namespace MappaFlows.Web.Pages.Referrals;

/// <summary>The area, category, level and lead agency.</summary>
public sealed class PlacementModel(
    ReferralDrafts drafts,
    CaseCommands commands,
    TimeProvider time) : ReferralPartModel<ReferralPlacement>(drafts, commands, time)
{
    public override ReferralPart Part { get; } = ReferralPart.Of(nameof(Core.Referrals.Referral.Placement));

    protected override ReferralPlacement Read(Referral referral) => referral.Placement;

    protected override Referral Write(Referral referral, ReferralPlacement input) => referral with { Placement = input };
}
