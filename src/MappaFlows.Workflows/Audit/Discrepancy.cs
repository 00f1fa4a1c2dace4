namespace MappaFlows.Workflows.Audit;

/// <summary>Something that is not as it was anchored.</summary>
/// <param name="Checkpoint">The anchor's number.</param>
/// <param name="At">When the anchor was made; null where that cannot be read.</param>
/// <param name="Case">The case, where it is one that does not agree; null where it is the anchor itself.</param>
/// <param name="Event">The number of the first event of the case, or entry of the administrators' audit, that is changed or missing.</param>
public sealed record Discrepancy(DiscrepancyKind Kind, long Checkpoint, DateTimeOffset? At = null, CaseReference? Case = null, long? Event = null);

/// <summary>What it is that does not agree.</summary>
public enum DiscrepancyKind
{
    /// <summary>The anchor is not in the vault.</summary>
    CheckpointMissing,

    /// <summary>What is in the vault under the anchor's name is no anchor.</summary>
    CheckpointUnreadable,

    /// <summary>The anchor in the vault and what was noted of it when it was made are not the same.</summary>
    CheckpointChanged,

    /// <summary>The anchor before it is another than the one that it followed, or is gone.</summary>
    PredecessorChanged,

    /// <summary>The vault has a document of this number, which follows no anchor. No others beyond it are told.</summary>
    UnexpectedCheckpoint,

    /// <summary>A case's events, up to the one that was anchored, are not what they were.</summary>
    CaseChanged,

    /// <summary>The entries of the administrators' audit, up to the one that was anchored, are not what they were.</summary>
    AdministratorsChanged,
}
