namespace MappaFlows.Core.Level1Reviews;

/// <summary>The lead agency's review of a level 1 case.</summary>
public sealed record Level1Review
{
    public string? Findings { get; init; }

    /// <summary>Which agencies were in touch, and how.</summary>
    public string? Contact { get; init; }

    public bool? DisclosureConsidered { get; init; }

    public string? DisclosureReasons { get; init; }

    /// <summary>The level from now on; 2 or 3 is a step up.</summary>
    public ManagementLevel? Level { get; init; }

    public string? LevelReasons { get; init; }
}

/// <summary>A level 1 review that was held.</summary>
public sealed record Level1ReviewHeld(int Number, Level1Review Review, string By, DateTimeOffset At);
