using MappaFlows.Core.Referrals;
using MappaFlows.Web.Words;
using MappaFlows.Workflows.Cases;
using MappaFlows.Workflows.Referrals;

namespace MappaFlows.Web.Pages.Referrals;

/// <summary>Why the person is referred.</summary>
public sealed class ReasonModel(ReferralDrafts drafts, CaseDesk desk, TimeProvider time) : ReferralPartModel<ReferralReason>(drafts, desk, time)
{
    public override ReferralPart Part { get; } = ReferralPart.Of(nameof(Core.Referrals.Referral.Reason));

    protected override ReferralReason Read(Referral referral) => referral.Reason;

    protected override Referral Write(Referral referral, ReferralReason input) => referral with { Reason = input };
}
