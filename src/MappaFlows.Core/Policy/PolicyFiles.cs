namespace MappaFlows.Core.Policy;

/// <summary>The policy of all areas, as it is written, with what single areas have of their own.</summary>
internal sealed record PolicyFile(
    IReadOnlyList<ClockEntry>? Clocks,
    IReadOnlyList<TargetEntry>? Targets,
    IReadOnlyList<AreaPolicyFile>? Areas);

/// <summary>One area's own policy, as it is written. It names only what differs.</summary>
internal sealed record AreaPolicyFile(string? Area, IReadOnlyList<ClockEntry>? Clocks, IReadOnlyList<TargetEntry>? Targets);

/// <summary>A clock and its editions. An area may leave out the title and the event.</summary>
internal sealed record ClockEntry(string? Id, string? Title, string? StartEvent, IReadOnlyList<ClockEdition>? Editions);

internal sealed record ClockEdition(
    string? Edition,
    DateOnly? From,
    int? Amount,
    ClockUnit? Unit,
    ClockDirection? Direction,
    string? Confidence,
    string? Source) : IEdition;

/// <summary>A target and its editions. An area may leave out the title.</summary>
internal sealed record TargetEntry(string? Id, string? Title, IReadOnlyList<TargetEdition>? Editions);

internal sealed record TargetEdition(
    string? Edition,
    DateOnly? From,
    int? Amount,
    TargetUnit? Unit,
    string? Confidence,
    string? Source) : IEdition;

/// <summary>What every edition says of itself.</summary>
internal interface IEdition
{
    string? Edition { get; }

    DateOnly? From { get; }

    int? Amount { get; }

    string? Confidence { get; }

    string? Source { get; }
}
