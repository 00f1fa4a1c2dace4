namespace MappaFlows.Web.Pages.Cases.Meetings;

/// <summary>What meetings show of a case.</summary>
internal static class MeetingWeb
{
    public static void Register(CaseWeb web)
    {
        MeetingTimeline.Register(web);
        web
            .Obligation(MeetingObligations.HoldMeeting, new(
                number => $"Meeting {number} to be held",
                number => $"Arrange meeting {number}",
                (reference, _) => Routes.NewMeeting(reference))
            {
                WhenArranged = new(
                    number => $"Hold meeting {number}, which is arranged",
                    (reference, number) => Routes.Meeting(reference, number!.Value)),
            })
            .Obligation(MeetingObligations.RecordMeeting, new(
                number => $"Outcome of meeting {number}",
                number => $"Record meeting {number}",
                (reference, number) => Routes.RecordMeeting(reference, number!.Value)))
            .Obligation(MeetingObligations.SendMinutes, new(
                number => $"Minutes of meeting {number}",
                number => $"Record that the minutes of meeting {number} went out",
                (reference, number) => Routes.Minutes(reference, number!.Value)))
            .Actions(Possible)
            .Section(new("Meetings/_Section", CaseSectionPlace.Record, view => view.Case.Meetings.Count > 0))
            .Endpoints(MeetingEndpoints.Map)
            .Document<IReadOnlyList<Meeting>>("meetings", view => view.IsWhole ? view.Case.Meetings : null);
    }

    private static IEnumerable<(CaseCommand Command, CaseAction Action)> Possible(CaseActions now)
    {
        var state = now.Case;
        if (!state.IsManaged) yield break;
        if (state.NextMeeting is { } arranged)
        {
            if (arranged.StartsAt <= now.Now)
            {
                yield return (
                    new RecordMeeting(arranged.Number, new MeetingOutcome()),
                    now.Owed(MeetingObligations.RecordMeeting, arranged.Number));
            }

            yield return (new MoveMeeting(), new($"Move meeting {arranged.Number}", Routes.MoveMeeting(now.Reference, arranged.Number)));
        }
        else if (state.Level != ManagementLevel.Level1)
        {
            yield return (new ScheduleMeeting(), now.Owed(MeetingObligations.HoldMeeting, state.Meetings.Count + 1));
        }

        foreach (var meeting in state.Meetings.Where(meeting => meeting is { Outcome: not null, MinutesSentAt: null }))
            yield return (new SendMinutes(meeting.Number), now.Owed(MeetingObligations.SendMinutes, meeting.Number));
    }
}
