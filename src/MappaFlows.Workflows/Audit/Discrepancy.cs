namespace MappaFlows.Workflows.Audit;

/// <summary>A difference between a record and its checkpoint.</summary>
/// <param name="Checkpoint">The checkpoint's number; 0 where the case has changed since the newest one.</param>
/// <param name="At">When the checkpoint was made; null where that cannot be read.</param>
/// <param name="Case">The case, where it is one that does not agree; null where it is the checkpoint itself.</param>
/// <param name="Row">The row that cannot be read, by its name.</param>
/// <param name="Event">The number of the first event of the case, or of the administrators' log, that is changed or missing.</param>
public sealed record Discrepancy(
    DiscrepancyKind Kind,
    long Checkpoint,
    DateTimeOffset? At = null,
    CaseReference? Case = null,
    long? Event = null,
    string? Row = null);

/// <summary>What it is that does not agree.</summary>
public enum DiscrepancyKind
{
    /// <summary>The checkpoint is not in the checkpoint store.</summary>
    CheckpointMissing,

    /// <summary>What is in the checkpoint store under the checkpoint's name is no checkpoint.</summary>
    CheckpointUnreadable,

    /// <summary>The checkpoint in the checkpoint store and what was noted of it when it was made are not the same.</summary>
    CheckpointChanged,

    /// <summary>The checkpoint before it is another than the one that it followed, or is gone.</summary>
    PredecessorChanged,

    /// <summary>The checkpoint store has a document of this number, which follows no checkpoint. No others beyond it are told.</summary>
    UnexpectedCheckpoint,

    /// <summary>A case's events, up to the one in the checkpoint, are not what they were.</summary>
    CaseChanged,

    /// <summary>The entries of the administrators' log, up to the one in the checkpoint, are not what they were.</summary>
    AdministratorsChanged,

    /// <summary>The stored state of a case is not the one that its events make.</summary>
    StateChanged,

    /// <summary>A case cannot be read at all.</summary>
    CaseUnreadable,

    /// <summary>A row that stands beside a case's events, or in a list, cannot be read.</summary>
    RowUnreadable,
}
