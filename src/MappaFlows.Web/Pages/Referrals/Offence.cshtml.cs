namespace MappaFlows.Web.Pages.Referrals;

/// <summary>The offence or caution that brings the person here.</summary>
public sealed class OffenceModel(
    ReferralDrafts drafts,
    CaseCommands commands,
    TimeProvider time) : ReferralPartModel<OffenceForm>(drafts, commands, time)
{
    public override ReferralPart Part { get; } = ReferralPart.Of(nameof(Core.Referrals.Referral.Offence));

    protected override OffenceForm Read(Referral referral) => OffenceForm.From(referral.Offence);

    protected override Referral Write(Referral referral, OffenceForm input) => referral with { Offence = input.ToPart() };
}
