using MappaFlows.Core.Referrals;
using MappaFlows.Web.Words;
using MappaFlows.Workflows.Cases;
using MappaFlows.Workflows.Referrals;

namespace MappaFlows.Web.Pages.Referrals;

/// <summary>Who should be at the meeting, and who stands behind the referral.</summary>
public sealed class MeetingModel(ReferralDrafts drafts, CaseDesk desk, TimeProvider time) : ReferralPartModel<MeetingForm>(drafts, desk, time)
{
    public override ReferralPart Part { get; } = ReferralPart.Of(nameof(Core.Referrals.Referral.Meeting));

    protected override MeetingForm Read(Referral referral) => MeetingForm.From(referral.Meeting);

    protected override Referral Write(Referral referral, MeetingForm input) => referral with { Meeting = input.ToPart() };
}
