namespace MappaFlows.Web.Pages.Referrals;

/// <summary>Where the person lives, and would live after release.</summary>
public sealed class AddressesModel(
    ReferralDrafts drafts,
    CaseCommands commands,
    TimeProvider time) : ReferralPartModel<ReferralAddresses>(drafts, commands, time)
{
    public override ReferralPart Part { get; } = ReferralPart.Of(nameof(Core.Referrals.Referral.Addresses));

    protected override ReferralAddresses Read(Referral referral) => referral.Addresses;

    protected override Referral Write(Referral referral, ReferralAddresses input) => referral with { Addresses = input };
}
