namespace MappaFlows.Core.Policy;

/// <summary>The names of the targets. Their figures are policy data: see <see cref="PolicyBook"/>.</summary>
public static class TargetIds
{
    public const string AttendanceLevel2 = "attendance-level-2";
    public const string AttendanceLevel3 = "attendance-level-3";
    public const string BoardMeetings = "board-meetings";

    /// <summary>Every target, in the order of the policy.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        AttendanceLevel2,
        AttendanceLevel3,
        BoardMeetings,
    ];
}
