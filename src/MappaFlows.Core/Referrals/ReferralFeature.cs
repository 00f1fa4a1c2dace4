namespace MappaFlows.Core.Referrals;

/// <summary>Opens a case by a referral.</summary>
public static class ReferralFeature
{
    public static void Register(CaseModel model) => model
        .State<ReferralState>(version: 1, narrow: ReferralState.Narrow)
        .Opens<SubmitReferral, ReferralSubmitted>(ReferralDecisions.Submit, Begin, CaseScope.Referral)
        .On<ReferralSubmitted>(ReferralState.Apply);

    private static CaseState Begin(ReferralSubmitted happened, EventInfo info) => new()
    {
        Reference = happened.Reference,
        Stage = CaseStage.Screening,
        AreaCode = happened.Referral.Placement.Area!,
        LeadAgencyId = happened.Referral.Placement.LeadAgency!,
        ReferrerId = info.ActorId,
        ReferredAt = info.At,
        CategorySought = happened.Referral.Placement.Category!.Value,
        Category = happened.Referral.Placement.Category.Value,
    };
}
