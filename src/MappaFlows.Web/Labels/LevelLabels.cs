namespace MappaFlows.Web.Labels;

/// <summary>Levels of management and the test for each.</summary>
public static class LevelLabels
{
    /// <summary>For example "Level 2: formal meetings of agencies".</summary>
    public static string Label(this ManagementLevel level) => level switch
    {
        ManagementLevel.Level1 => "Level 1: managed by the lead agency",
        ManagementLevel.Level2 => "Level 2: formal meetings of agencies",
        ManagementLevel.Level3 => "Level 3: formal meetings with senior managers",
        _ => throw new ArgumentOutOfRangeException(nameof(level), level, "There are no words for this level."),
    };

    /// <summary>The test for the level.</summary>
    public static string Explanation(this ManagementLevel level) => level switch
    {
        ManagementLevel.Level1 =>
            "One agency can manage the risk. Other agencies still share what they know, and disclosure is still considered.",
        ManagementLevel.Level2 =>
            "Formal meetings add value, and the risk of serious harm is high or very high, or a lower risk needs active co-ordination, "
            + "or the case steps down from level 3.",
        ManagementLevel.Level3 =>
            "As level 2, and senior managers have to be there: significant resources are needed at short notice, or the media and the public take a close interest.",
        _ => throw new ArgumentOutOfRangeException(nameof(level), level, "There are no words for this level."),
    };

    /// <summary>For a list, where a case has no level before it is accepted.</summary>
    public static string ShortWords(this ManagementLevel? level) => level is { } known ? known.Name() : "Not set";
}
