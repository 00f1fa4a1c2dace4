using static MappaFlows.Web.Pages.Cases.TimelineDetail;

namespace MappaFlows.Web.Pages.Referrals;

/// <summary>What referrals show of a case.</summary>
internal static class ReferralWeb
{
    public static void Register(CaseWeb web) => web
        .Timeline<ReferralSubmitted>(submitted => new(
            "Referral received",
            Line("Category", submitted.Referral.Placement.Category?.Label()),
            Line("Level sought", submitted.Referral.Placement.LevelSought?.Name()),
            Line("Lead agency", PeopleLabels.Agency(submitted.Referral.Placement.LeadAgency)),
            Line("Emergency meeting asked for", submitted.Referral.Placement.EmergencyReason)))
        .Endpoints(ReferralEndpoints.Map)
        .Document<Referral>("referral", view => view.ShowsReferral ? view.Case.Referral : null);
}
