namespace MappaFlows.Core.Exits;

/// <summary>Sets a date that clocks come from.</summary>
public sealed record ChangeDate : CaseCommand
{
    public CaseDate? Date { get; init; }

    /// <summary>The id of the basis whose end it is; may be left out where only one can be meant.</summary>
    public string? BasisId { get; init; }

    /// <summary>
    /// The date that the person saw who changes it; null where it was not set, or had no end. Refused where it is another by now.
    /// </summary>
    public DateOnly? From { get; init; }

    /// <summary>The new day; null with <see cref="Indefinite"/>.</summary>
    public DateOnly? To { get; init; }

    /// <summary>The requirement has no end.</summary>
    public bool Indefinite { get; init; }

    public string? Reason { get; init; }
}

/// <summary>Records a new sentence or order that makes the person eligible besides.</summary>
public sealed record AddEligibility : CaseCommand
{
    public Category? Category { get; init; }

    public DateOnly? StartsOn { get; init; }

    public DateOnly? EndsOn { get; init; }

    public bool Indefinite { get; init; }

    public string? Reason { get; init; }
}

/// <summary>Records a review before the exit.</summary>
public sealed record RecordPreExitReview : CaseCommand
{
    public string? Conclusion { get; init; }

    public bool? ConsiderCategory3 { get; init; }
}

/// <summary>Decides that the person is no longer managed.</summary>
public sealed record DecideExit : CaseCommand
{
    public ExitReason? Reason { get; init; }

    /// <summary>The last day under MAPPA; not in the future.</summary>
    public DateOnly? LastDay { get; init; }

    public string? Reasons { get; init; }
}
