namespace MappaFlows.Core.Policy;

/// <summary>How sure a figure is. The mark is shown with every date that the figure made.</summary>
public static class SourceConfidence
{
    /// <summary>Read in a public source.</summary>
    public const string Verified = "V";

    /// <summary>Read in an edition of a source that has been replaced.</summary>
    public const string Superseded = "V-old";

    /// <summary>Believed, and not confirmed.</summary>
    public const string Unconfirmed = "M";

    /// <summary>The project's own default.</summary>
    public const string ProjectDefault = "P";

    /// <summary>An area's own decision. Only an area's policy carries it.</summary>
    public const string Area = "A";

    public static IReadOnlyList<string> All { get; } = [Verified, Superseded, Unconfirmed, ProjectDefault, Area];

    /// <summary>The mark in plain words, such as "project default".</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such mark.</exception>
    public static string Describe(string mark) => mark switch
    {
        Verified => "from a public source",
        Superseded => "from a public source that has been replaced",
        Unconfirmed => "believed, not confirmed",
        ProjectDefault => "project default",
        Area => "set by the area",
        _ => throw new ArgumentOutOfRangeException(nameof(mark), mark, "There is no such mark."),
    };
}
