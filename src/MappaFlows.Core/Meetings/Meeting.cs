using System.Text.Json.Serialization;

namespace MappaFlows.Core.Meetings;

/// <summary>A level 2 or 3 meeting, arranged or held.</summary>
public sealed record Meeting(
    int Number,
    ManagementLevel Level,
    DateTimeOffset StartsAt,
    int Minutes,
    string Place,
    IReadOnlyList<string> Agencies,
    MeetingOutcome? Outcome = null,
    DateTimeOffset? RecordedAt = null,
    DateTimeOffset? MinutesSentAt = null)
{
    /// <summary>How often the meeting was moved; calendar programs tell the newer invitation by it.</summary>
    public int Moves { get; init; }

    /// <summary>Why it is later than the rule's date; null when it is not.</summary>
    public string? LateReason { get; init; }

    /// <summary>Whether it is still to be held, or at least to be recorded.</summary>
    [JsonIgnore]
    public bool IsArranged => Outcome is null;

    [JsonIgnore]
    public bool IsHeld => Outcome is not null;

    [JsonIgnore]
    public bool AwaitsMinutes => IsHeld && MinutesSentAt is null;
}
