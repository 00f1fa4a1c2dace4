namespace MappaFlows.Core.Meetings;

/// <summary>The next level 2 or 3 meeting, its record, and the minutes of each meeting.</summary>
public static class MeetingObligations
{
    public static ObligationKind HoldMeeting { get; } =
        new(nameof(HoldMeeting), ObligationSteps.Remind | ObligationSteps.Escalate, Role.Chair);

    public static ObligationKind RecordMeeting { get; } =
        new(nameof(RecordMeeting), ObligationSteps.Remind | ObligationSteps.Escalate, Role.Chair);

    public static ObligationKind SendMinutes { get; } =
        new(nameof(SendMinutes), ObligationSteps.Remind | ObligationSteps.Escalate, Role.Chair);

    public static IReadOnlyList<ObligationKind> Kinds { get; } = [HoldMeeting, RecordMeeting, SendMinutes];

    public static IEnumerable<Obligation> Of(CaseState state, CaseClocks clocks)
    {
        if (!state.IsManaged) yield break;
        if (state.Level != ManagementLevel.Level1)
        {
            yield return Hold(state, clocks);
            if (state.NextMeeting is { } arranged) yield return Record(arranged, clocks);
        }

        foreach (var meeting in state.Meetings.Where(meeting => meeting.AwaitsMinutes))
        {
            var due = clocks.After(
                meeting.StartsAt,
                meeting.Level == ManagementLevel.Level3 ? ClockIds.MinutesLevel3 : ClockIds.MinutesLevel2);
            yield return Of(SendMinutes, meeting.Number, due, clocks.DayBefore(due, ClockIds.MinutesReminder)) with
            {
                AtClosing = AtClosing.Always,
            };
        }
    }

    /// <summary>By when the next meeting must be held, whether one is arranged or not.</summary>
    public static Deadline HoldBy(CaseState state, PolicyBook policy, WorkingCalendar calendar) =>
        HoldBy(state, new CaseClocks(state, policy, calendar));

    /// <summary>
    /// The rule's date holds until the meeting is recorded as held, also while one is arranged. A meeting that is arranged in time is
    /// escalated when its record is late; one that is arranged too late, when the rule's date has passed.
    /// </summary>
    private static Obligation Hold(CaseState state, CaseClocks clocks)
    {
        var due = HoldBy(state, clocks);
        return state.NextMeeting is not { } arranged
            ? Of(HoldMeeting, state.Meetings.Count + 1, due, clocks.DayBefore(due, ClockIds.MeetingInvitations))
            : new(HoldMeeting, arranged.Number, due, new(Role.Coordinator))
            {
                IsArranged = true,
                AtClosing = AtClosing.Always,
                EscalateAt = IsLate(arranged.StartsAt, due) ? due.At : null,
            };
    }

    private static Obligation Record(Meeting arranged, CaseClocks clocks)
    {
        var due = clocks.After(arranged.StartsAt.AddMinutes(arranged.Minutes), ClockIds.MeetingRecord);
        return Of(RecordMeeting, arranged.Number, due, LondonTime.StartOf(due.Day)) with { AtClosing = AtClosing.Never };
    }

    /// <summary>Whether a meeting at this time is later than the rule allows.</summary>
    public static bool IsLate(DateTimeOffset? startsAt, Deadline due) => startsAt > due.At;

    /// <summary>The first meeting at a level has its own clock; after that the level's review clock runs from the last meeting.</summary>
    private static Deadline HoldBy(CaseState state, CaseClocks clocks)
    {
        var since = state.LevelSince!.Value;
        if (state.LastMeeting is { } last && (last.RecordedAt >= since || last.StartsAt >= since))
            return clocks.After(last.StartsAt, state.Level == ManagementLevel.Level3 ? ClockIds.ReviewLevel3 : ClockIds.ReviewLevel2);

        // An emergency stays one until a meeting was held, whether one is arranged or not.
        var emergency = state.LastMeeting is null && !string.IsNullOrWhiteSpace(state.Referral.Placement.EmergencyReason);
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
