using MappaFlows.Core.Cases;

namespace MappaFlows.Web.Words;

/// <summary>How far a case has come, as a tag says it.</summary>
public static class StageWords
{
    public static string Words(this CaseStage stage) => stage switch
    {
        CaseStage.Screening => "Waiting for screening",
        CaseStage.InformationAsked => "Waiting for the referrer",
        CaseStage.Refused => "Not accepted",
        CaseStage.Managed => "Managed",
        CaseStage.Closed => "Closed",
        _ => throw new ArgumentOutOfRangeException(nameof(stage), stage, "There are no words for this stage."),
    };

    /// <summary>The colour of the tag, as <c>govuk-tag</c> takes it.</summary>
    public static string Colour(this CaseStage stage) => stage switch
    {
        CaseStage.Screening => "yellow",
        CaseStage.InformationAsked => "orange",
        CaseStage.Managed => "blue",
        _ => "grey",
    };
}
