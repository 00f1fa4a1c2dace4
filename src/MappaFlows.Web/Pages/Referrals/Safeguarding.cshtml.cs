using MappaFlows.Core.Referrals;
using MappaFlows.Web.Words;
using MappaFlows.Workflows.Cases;
using MappaFlows.Workflows.Referrals;

namespace MappaFlows.Web.Pages.Referrals;

/// <summary>Victims, children and domestic abuse.</summary>
public sealed class SafeguardingModel(ReferralDrafts drafts, CaseDesk desk, TimeProvider time) : ReferralPartModel<ReferralSafeguarding>(drafts, desk, time)
{
    public override ReferralPart Part { get; } = ReferralPart.Of(nameof(Core.Referrals.Referral.Safeguarding));

    protected override ReferralSafeguarding Read(Referral referral) => referral.Safeguarding;

    protected override Referral Write(Referral referral, ReferralSafeguarding input) => referral with { Safeguarding = input };
}
