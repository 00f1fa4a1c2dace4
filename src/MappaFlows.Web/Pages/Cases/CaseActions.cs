namespace MappaFlows.Web.Pages.Cases;

/// <summary>What a person may do in a case as it stands now: their rights, and the stage that the case is at. The decision itself may still refuse it.</summary>
public static class CaseActions
{
    public static IReadOnlyList<CaseAction> For(CaseView view, DateTimeOffset now) =>
        [.. Possible(view.Timetable, now).Where(action => view.May(action.Command)).Select(action => action.Action)];

    private static IEnumerable<(CaseCommand Command, CaseAction Action)> Possible(Timetable timetable, DateTimeOffset now)
    {
        var state = timetable.Case;
        if (state.Stage == CaseStage.InformationRequested) yield return (new GiveInformation(null), Obligation(ObligationKind.GiveInformation));
        if (state.Stage is CaseStage.Screening or CaseStage.InformationRequested) yield return (new DecideScreening(), Obligation(ObligationKind.DecideScreening));

        if (state.IsManaged)
        {
            foreach (var action in Reviews(state, now)) yield return action;
        }

        foreach (var disclosure in state.Disclosures)
        {
            var subject = $"{disclosure.Number}";
            if (disclosure.Stage == DisclosureStage.AwaitingApproval)
                yield return (new DecideDisclosure { Number = disclosure.Number }, Obligation(ObligationKind.DecideDisclosure, subject));
            if (disclosure.Stage is DisclosureStage.ChangeRequested or DisclosureStage.Lapsed && state.IsManaged)
                yield return (new ReviseDisclosure(disclosure.Number, disclosure.Content), Obligation(ObligationKind.ReviseDisclosure, subject));
            if (disclosure.Stage == DisclosureStage.Approved)
                yield return (new RecordDisclosure(disclosure.Number, new()), Obligation(ObligationKind.MakeDisclosure, subject));
        }

        if (!state.IsManaged) yield break;
        yield return (new ProposeDisclosure(), new("Propose a disclosure", Routes.NewDisclosure(state.Reference)));
        if (timetable.Find(ObligationKind.ReviewBeforeExit) is { } review && !(review.RemindAt > now))
            yield return (new RecordPreExitReview(), Obligation(ObligationKind.ReviewBeforeExit));
        yield return (new ChangeDate(), new("Change a date", Routes.Dates(state.Reference)));
        yield return (new AddEligibility(), new("Add a sentence or order", Routes.Eligibility(state.Reference)));
        yield return (new DecideExit(), new("Decide the exit", Routes.Exit(state.Reference)));

        CaseAction Obligation(ObligationKind kind, string subject = "") =>
            new(ObligationLabels.ToDo(kind, subject), ObligationLabels.Path(kind, subject, state.Reference), IsOwed: true);
    }

    private static IEnumerable<(CaseCommand Command, CaseAction Action)> Reviews(CaseState state, DateTimeOffset now)
    {
        if (state.NextMeeting is { } arranged)
        {
            if (arranged.StartsAt <= now)
                yield return (new RecordMeeting(arranged.Number, new MeetingOutcome()), Obligation(ObligationKind.RecordMeeting, arranged.Number));
            yield return (new MoveMeeting(), new($"Move meeting {arranged.Number}", Routes.MoveMeeting(state.Reference, arranged.Number)));
        }
        else if (state.Level != ManagementLevel.Level1)
        {
            yield return (new ScheduleMeeting(), Obligation(ObligationKind.HoldMeeting, state.Meetings.Count + 1));
        }

        if (state.Level == ManagementLevel.Level1)
            yield return (new RecordLevel1Review(new()), Obligation(ObligationKind.ReviewLevel1, state.Level1Reviews.Count + 1));
        foreach (var meeting in state.Meetings.Where(meeting => meeting is { Outcome: not null, MinutesSentAt: null }))
            yield return (new SendMinutes(meeting.Number), Obligation(ObligationKind.SendMinutes, meeting.Number));

        CaseAction Obligation(ObligationKind kind, int number) =>
            new(ObligationLabels.ToDo(kind, $"{number}"), ObligationLabels.Path(kind, $"{number}", state.Reference), IsOwed: true);
    }
}

/// <summary>Something that a person may do.</summary>
/// <param name="Text">What the link says.</param>
/// <param name="Path">Where it is done.</param>
/// <param name="IsOwed">Whether the case waits for it.</param>
public sealed record CaseAction(string Text, string Path, bool IsOwed = false);
