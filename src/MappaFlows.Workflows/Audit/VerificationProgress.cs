namespace MappaFlows.Workflows.Audit;

/// <summary>
/// How far a check of checkpoints is and what it has found: numbers and references only, so that an orchestration may carry it.
/// </summary>
/// <param name="InstanceId">The orchestration that checks.</param>
/// <param name="First">The first checkpoint to check.</param>
/// <param name="Last">The last.</param>
/// <param name="Through">The last that is checked; one less than the first at the beginning.</param>
/// <param name="At">When it was last known.</param>
public sealed record VerificationProgress(string InstanceId, long First, long Last, long Through, DateTimeOffset At)
{
    /// <summary>The most disagreements that are told one by one; beyond that they are counted.</summary>
    public const int MaxSample = 20;

    /// <summary>How many entries were compared; a case counts once for each checkpoint that has it.</summary>
    public long Entries { get; init; }

    /// <summary>
    /// How many cases had changed since they were last in a checkpoint: they were compared with their own events, and with no checkpoint.
    /// </summary>
    public int Uncovered { get; init; }

    /// <summary>Whether there were more of them, which were not looked at.</summary>
    public bool HasMoreUncovered { get; init; }

    /// <summary>How many disagreements there were.</summary>
    public long Discrepancies { get; init; }

    /// <summary>The first of them, at most <see cref="MaxSample"/>.</summary>
    public IReadOnlyList<Discrepancy> Sample { get; init; } = [];

    public bool IsOver => Through >= Last;

    public long Checkpoints => Through - First + 1;

    /// <summary>The same progress with what else was found.</summary>
    public VerificationProgress With(Discrepancy found) => this with
    {
        Discrepancies = Discrepancies + 1,
        Sample = [.. Sample.Append(found).Take(MaxSample)],
    };

    /// <summary>The progress after the next checkpoint.</summary>
    public VerificationProgress With(VerifiedCheckpoint found, DateTimeOffset at) => this with
    {
        Through = Through + 1,
        At = at,
        Entries = Entries + found.Entries,
        Discrepancies = Discrepancies + found.Discrepancies.Count,
        Sample = [.. Sample.Concat(found.Discrepancies).Take(MaxSample)],
    };
}

/// <summary>What the check of one checkpoint found.</summary>
/// <param name="Entries">How many cases' heads were compared.</param>
public sealed record VerifiedCheckpoint(int Entries, IReadOnlyList<Discrepancy> Discrepancies);
