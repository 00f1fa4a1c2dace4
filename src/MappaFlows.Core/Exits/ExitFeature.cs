namespace MappaFlows.Core.Exits;

/// <summary>The dates of a case, and its end by date or by decision.</summary>
public static class ExitFeature
{
    public static void Register(CaseModel model) => model
        .State<ExitState>(version: 1)
        .Command<ChangeDate>(DateDecisions.Change, CasePermissions.CoordinatesOrLeads)
        .Command<AddEligibility>(DateDecisions.AddEligibility, CasePermissions.CoordinatesOrLeads)
        .Command<RecordPreExitReview>(ExitDecisions.RecordReview, CasePermissions.Leads)
        .Command<DecideExit>(ExitDecisions.Decide, CasePermissions.ChairsOrLeads)
        .Event<DateChanged>(ExitState.Apply, CaseScope.Whole)
        .Event<EligibilityAdded>(ExitState.Apply, CaseScope.Whole)
        .Event<PreExitReviewRecorded>(ExitState.Apply, CaseScope.Whole)
        .On<ReferralSubmitted>(ExitState.Apply)
        .On<CaseClosed>(ExitState.Apply)
        .Obligations(ExitObligations.Of, ExitObligations.Kinds, ExitObligations.Expire);
}
