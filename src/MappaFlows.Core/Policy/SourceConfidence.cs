namespace MappaFlows.Core.Policy;

/// <summary>How sure a figure is. It is shown with every date that the figure makes.</summary>
public static class SourceConfidence
{
    /// <summary>Read in a public source.</summary>
    public const string Published = "published";

    /// <summary>Read in an edition of a source that has been replaced.</summary>
    public const string Superseded = "superseded";

    /// <summary>Common practice, and not confirmed in a public source.</summary>
    public const string Unconfirmed = "unconfirmed";

    /// <summary>The project's own default.</summary>
    public const string ProjectDefault = "projectDefault";

    /// <summary>An area's own decision. Only an area's policy carries it.</summary>
    public const string Area = "area";

    public static IReadOnlyList<string> All { get; } = [Published, Superseded, Unconfirmed, ProjectDefault, Area];

    /// <summary>In plain words, such as "project default".</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such confidence.</exception>
    public static string Describe(string confidence) => confidence switch
    {
        Published => "from a public source",
        Superseded => "from a public source that has been replaced",
        Unconfirmed => "not confirmed in a public source",
        ProjectDefault => "project default",
        Area => "set by the area",
        _ => throw new ArgumentOutOfRangeException(nameof(confidence), confidence, "There is no such confidence."),
    };
}
