namespace MappaFlows.Core.Meetings;

/// <summary>Arranges the next level 2 or 3 meeting.</summary>
public sealed record ScheduleMeeting : CaseCommand
{
    public DateTimeOffset? StartsAt { get; init; }

    /// <summary>15 to 480.</summary>
    public int? Minutes { get; init; }

    /// <summary>Where, or how to join. It goes into invitations: nothing about the person.</summary>
    public string? Place { get; init; }

    /// <summary>Ids of agencies besides the core agencies, which are always invited.</summary>
    public IReadOnlyList<string> Agencies { get; init; } = [];

    /// <summary>Asked for when the day is past the clock.</summary>
    public string? LateReason { get; init; }
}

/// <summary>Moves a meeting that is arranged.</summary>
public sealed record MoveMeeting : CaseCommand
{
    public int Number { get; init; }

    public DateTimeOffset? StartsAt { get; init; }

    public int? Minutes { get; init; }

    public string? Place { get; init; }

    public string? Reason { get; init; }

    /// <summary>Asked for when the new day is past the clock.</summary>
    public string? LateReason { get; init; }
}

/// <summary>Records what a meeting decided.</summary>
public sealed record RecordMeeting(int Number, MeetingOutcome Outcome) : CaseCommand;

/// <summary>Records that the minutes went out.</summary>
public sealed record SendMinutes(int Number) : CaseCommand;
