namespace MappaFlows.Core.Meetings;

/// <summary>What a level 2 or 3 meeting decided, intelligible to someone who was not there.</summary>
public sealed record MeetingOutcome
{
    public IReadOnlyList<Attendance> Attendance { get; init; } = [];

    public IReadOnlyList<MeetingDecision> Decisions { get; init; } = [];

    /// <summary>
    /// Whether disclosure was considered. It always has to be: the answer and its reasons cannot be left out, even when it is no.
    /// </summary>
    public bool? DisclosureConsidered { get; init; }

    public string? DisclosureReasons { get; init; }

    /// <summary>The level from now on.</summary>
    public ManagementLevel? Level { get; init; }

    public string? LevelReasons { get; init; }
}

/// <summary>Whether an agency that was invited came.</summary>
public sealed record Attendance(string AgencyId, AttendanceStatus Status, string? Attendees = null);

public enum AttendanceStatus
{
    Present,
    SentReport,
    Apologies,
    Absent,
}

/// <summary>A decision with its rationale; with an owner and a day it is an action.</summary>
public sealed record MeetingDecision(string Decision, string Rationale, string? Owner = null, DateOnly? DueOn = null);
