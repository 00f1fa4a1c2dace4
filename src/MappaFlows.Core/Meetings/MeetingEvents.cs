namespace MappaFlows.Core.Meetings;

/// <summary>A level 2 or 3 meeting was arranged; the agencies are invited.</summary>
/// <param name="LateReason">Why it could not be inside its clock; null when it is.</param>
public sealed record MeetingScheduled(
    int Number,
    ManagementLevel Level,
    DateTimeOffset StartsAt,
    int Minutes,
    string Place,
    IReadOnlyList<string> Agencies,
    string? LateReason) : CaseEvent;

/// <summary>A meeting that was arranged is to be at another time.</summary>
/// <param name="LateReason">Why it could not be inside its clock; null when it is, and in events of 0.2.0.</param>
public sealed record MeetingMoved(
    int Number,
    DateTimeOffset StartsAt,
    int Minutes,
    string Place,
    string Reason,
    string? LateReason = null) : CaseEvent;

/// <summary>A meeting was held, and this is what it decided.</summary>
public sealed record MeetingRecorded(int Number, MeetingOutcome Outcome) : CaseEvent;

/// <summary>The minutes of a meeting went to those who were there.</summary>
public sealed record MinutesSent(int Number) : CaseEvent;
