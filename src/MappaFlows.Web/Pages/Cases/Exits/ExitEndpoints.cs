namespace MappaFlows.Web.Pages.Cases.Exits;

/// <summary>Dates, eligibility and the exit, for programs.</summary>
internal static class ExitEndpoints
{
    public static void Map(CaseCommandEndpoints api)
    {
        api.Map<ChangeDate>(
            "/dates",
            "ChangeDate",
            "Sets a date that clocks come from; from is the date as you saw it, and basis the sentence or order that ends on it");
        api.Map<AddEligibility>("/eligibility", "AddEligibility", "Records a new sentence or order that also makes the person eligible");
        api.Map<RecordPreExitReview>("/exit-reviews", "RecordExitReview", "Records a review before the exit");
        api.Map<DecideExit>("/exit", "DecideExit", "Decides that the person is no longer managed");
    }
}
