namespace MappaFlows.Web.Pages.Referrals;

/// <summary>Numbers by which other systems know the person.</summary>
public sealed class IdentifiersModel(
    ReferralDrafts drafts,
    CaseCommands commands,
    TimeProvider time) : ReferralPartModel<ReferralIdentifiers>(drafts, commands, time)
{
    public override ReferralPart Part { get; } = ReferralPart.Of(nameof(Core.Referrals.Referral.Identifiers));

    protected override ReferralIdentifiers Read(Referral referral) => referral.Identifiers;

    protected override Referral Write(Referral referral, ReferralIdentifiers input) => referral with { Identifiers = input };
}
