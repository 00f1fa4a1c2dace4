namespace MappaFlows.Web.Pages.Cases.Level1Reviews;

/// <summary>The lead agency's reviews, for programs.</summary>
internal static class Level1ReviewEndpoints
{
    public static void Map(CaseCommandEndpoints api) => api.Map<Level1Review, RecordLevel1Review>(
        "/level-1-reviews",
        "RecordLevel1Review",
        "Records the lead agency’s review of a level 1 case",
        body => new RecordLevel1Review(body));
}
