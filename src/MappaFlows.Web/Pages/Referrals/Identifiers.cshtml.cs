using MappaFlows.Core.Referrals;
using MappaFlows.Web.Words;
using MappaFlows.Workflows.Cases;
using MappaFlows.Workflows.Referrals;

namespace MappaFlows.Web.Pages.Referrals;

/// <summary>Numbers by which other systems know the person.</summary>
public sealed class IdentifiersModel(ReferralDrafts drafts, CaseDesk desk, TimeProvider time) : ReferralPartModel<ReferralIdentifiers>(drafts, desk, time)
{
    public override ReferralPart Part { get; } = ReferralPart.Of(nameof(Core.Referrals.Referral.Identifiers));

    protected override ReferralIdentifiers Read(Referral referral) => referral.Identifiers;

    protected override Referral Write(Referral referral, ReferralIdentifiers input) => referral with { Identifiers = input };
}
