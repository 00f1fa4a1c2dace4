namespace MappaFlows.Workflows.Auditing;

/// <summary>How far a check of anchors is and what it has found: numbers and references only, so that an orchestration may carry it.</summary>
/// <param name="InstanceId">The orchestration that checks.</param>
/// <param name="First">The first anchor to check.</param>
/// <param name="Last">The last.</param>
/// <param name="Through">The last that is checked; one less than the first at the beginning.</param>
/// <param name="At">When it was last known.</param>
public sealed record CheckProgress(string InstanceId, long First, long Last, long Through, DateTimeOffset At)
{
    /// <summary>The most disagreements that are told one by one; beyond that they are counted.</summary>
    public const int MostTold = 20;

    /// <summary>How many cases' heads were compared; a case counts as often as it was anchored.</summary>
    public long Heads { get; init; }

    /// <summary>How many disagreements there were.</summary>
    public long Disagreements { get; init; }

    /// <summary>The first of them, at most <see cref="MostTold"/>.</summary>
    public IReadOnlyList<Disagreement> Told { get; init; } = [];

    public bool IsOver => Through >= Last;

    public long Anchors => Through - First + 1;

    /// <summary>The same progress with what else was found.</summary>
    public CheckProgress With(Disagreement found) => this with
    {
        Disagreements = Disagreements + 1,
        Told = [.. Told.Append(found).Take(MostTold)],
    };

    /// <summary>The progress after the next anchor.</summary>
    public CheckProgress With(CheckedAnchor found, DateTimeOffset at) => this with
    {
        Through = Through + 1,
        At = at,
        Heads = Heads + found.Heads,
        Disagreements = Disagreements + found.Disagreements.Count,
        Told = [.. Told.Concat(found.Disagreements).Take(MostTold)],
    };
}

/// <summary>What the check of one anchor found.</summary>
/// <param name="Heads">How many cases' heads were compared.</param>
public sealed record CheckedAnchor(int Heads, IReadOnlyList<Disagreement> Disagreements);
