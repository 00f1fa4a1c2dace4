namespace MappaFlows.Web.Pages.Cases.Screening;

/// <summary>The screening decision and the questions before it, for programs.</summary>
internal static class ScreeningEndpoints
{
    public static void Map(CaseCommandEndpoints api)
    {
        api.Map<DecideScreening>("/screening", "ScreenReferral", "Decides the screening: accepts at a level, asks for more, or refuses");
        api.Map<GiveInformation>("/answer", "AnswerQuestion", "Answers the coordinator’s question");
    }
}
