using static MappaFlows.Web.Pages.Cases.TimelineDetail;

namespace MappaFlows.Web.Pages.Cases.Meetings;

/// <summary>Meetings on the timeline.</summary>
internal static class MeetingTimeline
{
    public static void Register(CaseWeb web) => web
        .Timeline<MeetingScheduled>(scheduled => new(
            $"Meeting {scheduled.Number} arranged",
            Line("When", $"{UkTime.DateAndTime(scheduled.StartsAt)}, for {MeetingLabels.Length(scheduled.Minutes)}"),
            Line("Where", scheduled.Place),
            Line("Level", scheduled.Level.Name()),
            Line("Invited", PeopleLabels.AgencyList(scheduled.Agencies)),
            Line("Why it is later than its date", scheduled.LateReason)))
        .Timeline<MeetingMoved>(moved => new(
            $"Meeting {moved.Number} moved",
            Line("New time", $"{UkTime.DateAndTime(moved.StartsAt)}, for {MeetingLabels.Length(moved.Minutes)}"),
            Line("Where", moved.Place),
            Line("Why", moved.Reason),
            Line("Why it is later than its date", moved.LateReason)))
        .Timeline<MeetingRecorded>(recorded => new($"Meeting {recorded.Number} held and recorded", Outcome(recorded.Outcome)))
        .Timeline<MinutesSent>(sent => new($"Minutes of meeting {sent.Number} sent"));

    private static IEnumerable<TimelineDetail?> Outcome(MeetingOutcome outcome)
    {
        foreach (var mark in outcome.Attendance.GroupBy(attendance => attendance.Status).OrderBy(group => group.Key))
            yield return Line(mark.Key.Label(), PeopleLabels.AgencyList(mark.Select(attendance => attendance.AgencyId)));
        foreach (var decision in outcome.Decisions)
        {
            yield return Line("Decision", decision.Decision);
            yield return Line("Rationale", decision.Rationale);
            if (decision.Owner is { Length: > 0 } owner)
                yield return Line("Who does it", decision.DueOn is { } by ? $"{owner}, by {UkTime.Date(by)}" : owner);
        }

        yield return Line("Disclosure considered", PlainText.YesNo(outcome.DisclosureConsidered));
        yield return Line("Reasons about disclosure", outcome.DisclosureReasons);
        yield return Line("Level from now on", outcome.Level?.Name());
    }
}
