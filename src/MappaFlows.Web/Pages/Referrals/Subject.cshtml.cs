namespace MappaFlows.Web.Pages.Referrals;

/// <summary>Who is referred.</summary>
public sealed class SubjectModel(
    ReferralDrafts drafts,
    CaseCommands commands,
    TimeProvider time) : ReferralPartModel<SubjectForm>(drafts, commands, time)
{
    public override ReferralPart Part { get; } = ReferralPart.Of(nameof(Core.Referrals.Referral.Subject));

    protected override SubjectForm Read(Referral referral) => SubjectForm.From(referral.Subject);

    protected override Referral Write(Referral referral, SubjectForm input) => referral with { Subject = input.ToPart() };
}
