using MappaFlows.Core.Cases;
using MappaFlows.Core.Disclosures;
using MappaFlows.Core.Exits;
using MappaFlows.Core.People;
using MappaFlows.Core.Reviews;
using MappaFlows.Web.Words;

namespace MappaFlows.Web.Pages.Cases;

/// <summary>What a person may do in a case as it stands now: their rights, and the stage that the case is at. The decision itself may still refuse it.</summary>
public static class IndexActions
{
    public static IReadOnlyList<CaseAction> For(Person person, CaseAgenda agenda, DateTimeOffset now)
    {
        var @case = agenda.Case;
        return [.. Possible(agenda, now).Where(action => Rights.May(person, action.Command, @case)).Select(action => action.Action)];
    }

    private static IEnumerable<(CaseCommand Command, CaseAction Action)> Possible(CaseAgenda agenda, DateTimeOffset now)
    {
        var @case = agenda.Case;
        var path = $"/cases/{@case.Reference}";
        if (@case.Stage == CaseStage.InformationAsked) yield return (new GiveInformation(null), Duty(DutyKind.GiveInformation));
        if (@case.Stage is CaseStage.Screening or CaseStage.InformationAsked) yield return (new Screen(), Duty(DutyKind.DecideScreening));

        if (@case.IsManaged)
        {
            foreach (var action in Reviews(@case, now)) yield return action;
        }

        foreach (var disclosure in @case.Disclosures)
        {
            var subject = $"{disclosure.Number}";
            if (disclosure.Stage == DisclosureStage.AwaitingApproval)
                yield return (new DecideDisclosure { Number = disclosure.Number }, Duty(DutyKind.DecideDisclosure, subject));
            if (disclosure.Stage is DisclosureStage.ChangeAsked or DisclosureStage.Lapsed && @case.IsManaged)
                yield return (new ReviseDisclosure(disclosure.Number, disclosure.Content), Duty(DutyKind.ReviseDisclosure, subject));
            if (disclosure.Stage == DisclosureStage.Approved)
                yield return (new RecordDisclosure(disclosure.Number, new()), Duty(DutyKind.MakeDisclosure, subject));
        }

        if (!@case.IsManaged) yield break;
        yield return (new ProposeDisclosure(), new("Propose a disclosure", $"{path}/disclosures/new"));
        if (agenda.Find(DutyKind.ReviewBeforeExit) is { } review && !(review.RemindAt > now))
            yield return (new RecordPreExitReview(), Duty(DutyKind.ReviewBeforeExit));
        yield return (new ChangeDate(), new("Change a date", $"{path}/dates"));
        yield return (new AddEligibility(), new("Add a sentence or order", $"{path}/eligibility"));
        yield return (new DecideExit(), new("Decide the exit", $"{path}/exit"));

        CaseAction Duty(DutyKind kind, string subject = "") =>
            new(DutyWords.ToDo(kind, subject), DutyWords.Path(kind, subject, @case.Reference), IsOwed: true);
    }

    private static IEnumerable<(CaseCommand Command, CaseAction Action)> Reviews(Case @case, DateTimeOffset now)
    {
        if (@case.NextMeeting is { } arranged)
        {
            if (arranged.StartsAt <= now)
                yield return (new RecordMeeting(arranged.Number, new MeetingOutcome()), Duty(DutyKind.RecordMeeting, arranged.Number));
            yield return (new MoveMeeting(), new($"Move meeting {arranged.Number}", $"/cases/{@case.Reference}/meetings/{arranged.Number}/move"));
        }
        else if (@case.Level != ManagementLevel.Level1)
        {
            yield return (new ScheduleMeeting(), Duty(DutyKind.HoldMeeting, @case.Meetings.Count + 1));
        }

        if (@case.Level == ManagementLevel.Level1)
            yield return (new RecordLevel1Review(new()), Duty(DutyKind.ReviewLevel1, @case.Level1Reviews.Count + 1));
        foreach (var meeting in @case.Meetings.Where(meeting => meeting is { Outcome: not null, MinutesSentAt: null }))
            yield return (new SendMinutes(meeting.Number), Duty(DutyKind.SendMinutes, meeting.Number));

        CaseAction Duty(DutyKind kind, int number) =>
            new(DutyWords.ToDo(kind, $"{number}"), DutyWords.Path(kind, $"{number}", @case.Reference), IsOwed: true);
    }
}

/// <summary>Something that a person may do.</summary>
/// <param name="Text">What the link says.</param>
/// <param name="Path">Where it is done.</param>
/// <param name="IsOwed">Whether the case waits for it.</param>
public sealed record CaseAction(string Text, string Path, bool IsOwed = false);
