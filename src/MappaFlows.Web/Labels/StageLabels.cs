namespace MappaFlows.Web.Labels;

/// <summary>How far a case has come, as a tag says it.</summary>
public static class StageLabels
{
    public static string Label(this CaseStage stage) => stage switch
    {
        CaseStage.Screening => "Waiting for screening",
        CaseStage.InformationRequested => "Waiting for the referrer",
        CaseStage.Refused => "Not accepted",
        CaseStage.Managed => "Managed",
        CaseStage.Closed => "Closed",
        _ => throw new ArgumentOutOfRangeException(nameof(stage), stage, "There are no words for this stage."),
    };

    /// <summary>The colour of the tag, as <c>govuk-tag</c> takes it.</summary>
    public static string Colour(this CaseStage stage) => stage switch
    {
        CaseStage.Screening => "yellow",
        CaseStage.InformationRequested => "orange",
        CaseStage.Managed => "blue",
        _ => "grey",
    };
}
