namespace MappaFlows.Core.Meetings;

/// <summary>The next level 2 or 3 meeting, its record, and the minutes of each meeting.</summary>
public static class MeetingObligations
{
    public static ObligationKind HoldMeeting { get; } = new(nameof(HoldMeeting), ObligationSteps.Remind | ObligationSteps.Escalate);

    public static ObligationKind RecordMeeting { get; } = new(nameof(RecordMeeting), ObligationSteps.Remind | ObligationSteps.Escalate);

    public static ObligationKind SendMinutes { get; } = new(nameof(SendMinutes), ObligationSteps.Remind | ObligationSteps.Escalate);

    public static IReadOnlyList<ObligationKind> Kinds { get; } = [HoldMeeting, RecordMeeting, SendMinutes];

    public static IEnumerable<Obligation> Of(CaseState state, CaseClocks clocks)
    {
        if (!state.IsManaged) yield break;
        if (state.Level != ManagementLevel.Level1) yield return Next(state, clocks);
        foreach (var meeting in state.Meetings.Where(meeting => meeting.AwaitsMinutes))
        {
            var due = clocks.After(
                meeting.StartsAt,
                meeting.Level == ManagementLevel.Level3 ? ClockIds.MinutesLevel3 : ClockIds.MinutesLevel2);
            yield return Of(SendMinutes, meeting.Number, due, clocks.DayBefore(due, ClockIds.MinutesReminder));
        }
    }

    /// <summary>By when the next meeting must be held, whether one is arranged or not.</summary>
    public static Deadline HoldBy(CaseState state, PolicyBook policy, WorkingCalendar calendar) =>
        HoldBy(state, new CaseClocks(state, policy, calendar));

    private static Obligation Next(CaseState state, CaseClocks clocks)
    {
        if (state.NextMeeting is { } arranged)
        {
            var record = clocks.After(arranged.StartsAt.AddMinutes(arranged.Minutes), ClockIds.MeetingRecord);
            return Of(RecordMeeting, arranged.Number, record, LondonTime.StartOf(record.Day));
        }

        var due = HoldBy(state, clocks);
        return Of(HoldMeeting, state.Meetings.Count + 1, due, clocks.DayBefore(due, ClockIds.MeetingInvitations));
    }

    /// <summary>The first meeting at a level has its own clock; after that the level's review clock runs from the last meeting.</summary>
    private static Deadline HoldBy(CaseState state, CaseClocks clocks)
    {
        var since = state.LevelSince!.Value;
        if (state.LastMeeting is { } last && (last.RecordedAt >= since || last.StartsAt >= since))
            return clocks.After(last.StartsAt, state.Level == ManagementLevel.Level3 ? ClockIds.ReviewLevel3 : ClockIds.ReviewLevel2);

        var emergency = state.Meetings.Count == 0 && !string.IsNullOrWhiteSpace(state.Referral.Placement.EmergencyReason);
        return clocks.After(since, (state.Level, emergency) switch
        {
            (ManagementLevel.Level3, true) => ClockIds.FirstMeetingLevel3Emergency,
            (ManagementLevel.Level3, _) => ClockIds.FirstMeetingLevel3,
            _ => ClockIds.FirstMeetingLevel2,
        });
    }

    private static Obligation Of(ObligationKind kind, int number, Deadline due, DateTimeOffset remindAt) =>
        new(kind, number, due, new(Role.Coordinator)) { RemindAt = remindAt, EscalateAt = due.At };
}
