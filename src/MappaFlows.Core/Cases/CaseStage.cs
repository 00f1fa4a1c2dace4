namespace MappaFlows.Core.Cases;

/// <summary>How far a case has come.</summary>
public enum CaseStage
{
    /// <summary>Waits for a coordinator's screening decision.</summary>
    Screening,

    /// <summary>Waits for the referrer's answer.</summary>
    InformationRequested,

    /// <summary>Not accepted; ended.</summary>
    Refused,

    /// <summary>Managed at a level.</summary>
    Managed,

    /// <summary>No longer managed; ended.</summary>
    Closed,
}

public static class CaseStages
{
    /// <summary>Whether nothing more can happen to the case.</summary>
    public static bool IsEnded(this CaseStage stage) => stage is CaseStage.Refused or CaseStage.Closed;
}
