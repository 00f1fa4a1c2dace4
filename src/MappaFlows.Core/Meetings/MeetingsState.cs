namespace MappaFlows.Core.Meetings;

/// <summary>The level 2 and 3 meetings of a case.</summary>
public sealed record MeetingsState
{
    public IReadOnlyList<Meeting> Items { get; init; } = [];

    public Meeting? Find(int number) => Items.FirstOrDefault(meeting => meeting.Number == number);

    public static MeetingsState Apply(MeetingsState state, MeetingScheduled happened, EventInfo info) => state with
    {
        Items =
        [
            .. state.Items,
            new(happened.Number, happened.Level, happened.StartsAt, happened.Minutes, happened.Place, happened.Agencies)
            {
                LateReason = happened.LateReason,
            },
        ],
    };

    public static MeetingsState Apply(MeetingsState state, MeetingMoved happened, EventInfo info) =>
        state.With(happened.Number, meeting => meeting with
        {
            StartsAt = happened.StartsAt,
            Minutes = happened.Minutes,
            Place = happened.Place,
            Moves = meeting.Moves + 1,
            LateReason = happened.LateReason,
        });

    public static MeetingsState Apply(MeetingsState state, MeetingRecorded happened, EventInfo info) =>
        state.With(happened.Number, meeting => meeting with { Outcome = happened.Outcome, RecordedAt = info.At });

    public static MeetingsState Apply(MeetingsState state, MinutesSent happened, EventInfo info) =>
        state.With(happened.Number, meeting => meeting with { MinutesSentAt = info.At });

    private MeetingsState With(int number, Func<Meeting, Meeting> change) =>
        this with { Items = [.. Items.Select(meeting => meeting.Number == number ? change(meeting) : meeting)] };
}

public static class CaseMeetings
{
    extension(CaseState state)
    {
        public IReadOnlyList<Meeting> Meetings => state.Part<MeetingsState>().Items;

        /// <summary>The meeting that is arranged and not yet recorded, if any.</summary>
        public Meeting? NextMeeting => state.Meetings.FirstOrDefault(meeting => meeting.IsArranged);

        /// <summary>The last meeting that was held, if any.</summary>
        public Meeting? LastMeeting => state.Meetings.LastOrDefault(meeting => meeting.IsHeld);

        public Meeting? FindMeeting(int number) => state.Part<MeetingsState>().Find(number);
    }
}
