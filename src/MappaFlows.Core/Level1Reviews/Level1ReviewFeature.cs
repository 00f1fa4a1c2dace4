namespace MappaFlows.Core.Level1Reviews;

/// <summary>The lead agency's review of a level 1 case.</summary>
public static class Level1ReviewFeature
{
    public static void Register(CaseModel model) => model
        .State<Level1ReviewsState>(version: 1)
        .Command<RecordLevel1Review>(Level1ReviewDecisions.Record, CasePermissions.Leads)
        .Event<Level1ReviewRecorded>(Level1ReviewsState.Apply, CaseScope.Whole)
        .Obligations(Level1ReviewObligations.Of, Level1ReviewObligations.Kinds);
}
