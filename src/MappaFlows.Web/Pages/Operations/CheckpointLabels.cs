using System.Globalization;

namespace MappaFlows.Web.Pages.Operations;

/// <summary>Checkpoints, their verification and what does not match, for people.</summary>
internal static class CheckpointLabels
{
    /// <summary>For example "1 case", "3,120 cases".</summary>
    public static string Count(long count, string one, string? many = null) =>
        string.Create(CultureInfo.InvariantCulture, $"{count:N0} {(count == 1 ? one : many ?? one + "s")}");

    /// <summary>How a check stands, or how it ended.</summary>
    public static string Label(this LastVerification check)
    {
        var (progress, isRunning) = check;
        var checkpoints = Count(progress.Last - progress.First + 1, "checkpoint");
        if (isRunning) return $"{progress.Checkpoints:N0} of {checkpoints} verified so far.";
        if (!progress.IsOver) return $"The verification was stopped after {progress.Checkpoints:N0} of {checkpoints}. Start it again.";
        var result = progress.Discrepancies == 0
            ? $"{Count(progress.Entries, "entry", "entries")} of {checkpoints} match the records."
            : $"{Count(progress.Discrepancies, "discrepancy", "discrepancies")} in {checkpoints}.";
        return result + NotCovered(progress);
    }

    /// <summary>What the result says nothing of.</summary>
    private static string NotCovered(VerificationProgress progress) => progress switch
    {
        { Uncovered: 0 } => "",
        { HasMoreUncovered: true } =>
            $" More than {Count(progress.Uncovered, "case")} have changed since the newest checkpoint: not all of them were looked at.",
        { Uncovered: 1 } => " One case has changed since the newest checkpoint: it was compared with its own events only.",
        _ => $" {Count(progress.Uncovered, "case")} have changed since the newest checkpoint: they were compared with their own events only.",
    };

    /// <summary>Which record was changed outside the product.</summary>
    public static string Label(this BrokenRecord found) => found.At is { } at
        ? $"The record {found.Stream.Id} is not what was recorded. That was found on {UkTime.Date(at)}. It is not shown and cannot be changed."
        : $"The record {found.Stream.Id} is not what was recorded. It is not shown and cannot be changed.";

    /// <summary>What does not agree, and with what.</summary>
    public static string Label(this Discrepancy found) => found.Kind switch
    {
        DiscrepancyKind.CheckpointMissing => $"{Checkpoint(found)} is missing.",
        DiscrepancyKind.CheckpointUnreadable => $"{Checkpoint(found)} cannot be read.",
        DiscrepancyKind.CheckpointChanged => $"{Checkpoint(found)} is not what it was when it was made.",
        DiscrepancyKind.PredecessorChanged => $"{Checkpoint(found)} does not follow the checkpoint that is before it now.",
        DiscrepancyKind.UnexpectedCheckpoint => $"The checkpoint store has a document named as checkpoint {found.Checkpoint}, which follows no other.",
        DiscrepancyKind.CaseChanged when found.Checkpoint == 0 => $"Case {found.Case} is not what was recorded: event {found.Event}.",
        DiscrepancyKind.StateChanged => $"What is stored of case {found.Case} is not what its events make.",
        DiscrepancyKind.CaseUnreadable => $"Case {found.Case} cannot be read.",
        DiscrepancyKind.RowUnreadable when found.Case is { } of => $"Case {of} has a row that cannot be read: {found.Row}.",
        DiscrepancyKind.RowUnreadable => $"A row cannot be read: {found.Row}.",
        DiscrepancyKind.CaseChanged => $"Case {found.Case} does not match the checkpoint of {UkTime.Date(found.At!.Value)}: event {found.Event}.",
        DiscrepancyKind.AdministratorsChanged when found.Event is null => "What is stored of the administrators’ log is not what its events make.",
        DiscrepancyKind.AdministratorsChanged =>
            $"The administrators’ log does not match the checkpoint of {UkTime.Date(found.At!.Value)}: entry {found.Event}.",
        _ => throw new ArgumentOutOfRangeException(nameof(found), found.Kind, "There are no words for this."),
    };

    /// <summary>Which record is short, and of what.</summary>
    public static string Label(this TruncatedStream found) =>
        $"The record of case {found.Case} is missing or has lost its latest events: it had {Count(found.Version, "event")}. That was found on {UkTime.Date(found.At)}.";

    private static string Checkpoint(Discrepancy found) => found.At is { } at ? $"Checkpoint {found.Checkpoint} of {UkTime.Date(at)}" : $"Checkpoint {found.Checkpoint}";
}
