using System.Globalization;
using MappaFlows.Web.Shell;
using MappaFlows.Workflows.Auditing;

namespace MappaFlows.Web.Pages.Inspect;

/// <summary>Anchors, checks of them and what does not agree, for people.</summary>
internal static class AnchorWords
{
    /// <summary>For example "1 case", "3,120 cases".</summary>
    public static string Count(long count, string one, string? many = null) =>
        string.Create(CultureInfo.InvariantCulture, $"{count:N0} {(count == 1 ? one : many ?? one + "s")}");

    /// <summary>How a check stands, or how it ended.</summary>
    public static string Words(this LastCheck check)
    {
        var (progress, isRunning) = check;
        var anchors = Count(progress.Last - progress.First + 1, "anchor");
        if (isRunning) return $"{progress.Anchors:N0} of {anchors} checked so far.";
        if (!progress.IsOver) return $"The check was stopped after {progress.Anchors:N0} of {anchors}. Begin it again.";
        return progress.Disagreements == 0
            ? $"{Count(progress.Heads, "entry", "entries")} of {anchors} agreed with the records."
            : $"{Count(progress.Disagreements, "disagreement")} in {anchors}.";
    }

    /// <summary>What does not agree, and with what.</summary>
    public static string Words(this Disagreement found) => found.Kind switch
    {
        DisagreementKind.AnchorMissing => $"{Anchor(found)} is missing.",
        DisagreementKind.AnchorUnreadable => $"{Anchor(found)} cannot be read.",
        DisagreementKind.AnchorChanged => $"{Anchor(found)} is not what it was when it was made.",
        DisagreementKind.PredecessorChanged => $"{Anchor(found)} follows another anchor than the one that is before it now.",
        DisagreementKind.AnchorStray => $"The place for anchors has a document named as anchor {found.Anchor}, which follows none.",
        DisagreementKind.CaseChanged => $"Case {found.Case} does not agree with the anchor of {UkTime.Date(found.At!.Value)}: event {found.Event}.",
        DisagreementKind.AdministratorsChanged =>
            $"The audit of what administrators did does not agree with the anchor of {UkTime.Date(found.At!.Value)}: entry {found.Event}.",
        _ => throw new ArgumentOutOfRangeException(nameof(found), found.Kind, "There are no words for this."),
    };

    /// <summary>Which record is short, and of what.</summary>
    public static string Words(this ShortRecord found) =>
        $"The record of case {found.Case} is gone or has lost its newest events: it had {Count(found.Version, "event")}. That was found on {UkTime.Date(found.At)}.";

    private static string Anchor(Disagreement found) => found.At is { } at ? $"Anchor {found.Anchor} of {UkTime.Date(at)}" : $"Anchor {found.Anchor}";
}
