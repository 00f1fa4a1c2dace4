namespace MappaFlows.Core.Screening;

/// <summary>A coordinator decides a referral, and may ask its referrer first.</summary>
public static class ScreeningFeature
{
    public static void Register(CaseModel model) => model
        .State<ScreeningState>(version: 1, narrow: ScreeningState.Narrow)
        .Command<DecideScreening>(ScreeningDecisions.Decide, CasePermissions.Coordinates)
        .Command<GiveInformation>(ScreeningDecisions.GiveInformation, CasePermissions.RefersOrCoordinates)
        .Event<InformationRequested>(ScreeningState.Apply, CaseScope.Referral)
        .Event<InformationGiven>(ScreeningState.Apply, CaseScope.Referral)
        .Event<ReferralAccepted>(ScreeningState.Apply, CaseScope.Referral)
        .Event<ReferralRefused>(ScreeningState.Apply, CaseScope.Referral)
        .On<ReferralSubmitted>(ScreeningState.Apply)
        .Obligations(ScreeningObligations.Of, ScreeningObligations.Kinds, scope: CaseScope.Referral);
}
