namespace MappaFlows.Web.Pages.Referrals;

/// <summary>Who should be at the meeting, and who stands behind the referral.</summary>
public sealed class MeetingModel(
    ReferralDrafts drafts,
    CaseCommands commands,
    TimeProvider time) : ReferralPartModel<MeetingForm>(drafts, commands, time)
{
    public override ReferralPart Part { get; } = ReferralPart.Of(nameof(Core.Referrals.Referral.Meeting));

    protected override MeetingForm Read(Referral referral) => MeetingForm.From(referral.Meeting);

    protected override Referral Write(Referral referral, MeetingForm input) => referral with { Meeting = input.ToPart() };
}
