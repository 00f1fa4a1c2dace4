using MappaFlows.Core.Areas;
using MappaFlows.Core.Cases;
using MappaFlows.Core.Policy;

namespace MappaFlows.Core.Reviews;

/// <summary>Level 2 and 3 meetings: arranged inside their clock, recorded with rationale, followed by minutes.</summary>
public static class MeetingDecisions
{
    /// <summary>Said of a decision that has a day and nobody who does it by then.</summary>
    public const string OwnerNeeded = "Enter who does it: an action with a day needs an owner";

    public static Decision Schedule(Case @case, ScheduleMeeting command, DecisionContext context)
    {
        if (!@case.IsManaged || @case.Level == ManagementLevel.Level1)
            return Decision.Conflict("Meetings are held for cases managed at level 2 or 3. Nothing was changed.");
        if (@case.NextMeeting is { } waiting)
            return Decision.Conflict($"Meeting {waiting.Number} is arranged already: move it, or record it first. Nothing was changed.");

        var check = new Check();
        Slot(check, command.StartsAt, command.Minutes, command.Place, context);
        check.That(command.Agencies.All(id => Agencies.Find(id) is not null), nameof(command.Agencies), "Select agencies from the list");
        check.OptionalText(command.LateReason, nameof(command.LateReason), "the reason");
        var due = CaseAgenda.HoldMeetingBy(@case, context.Policy, context.Calendar);
        var late = command.StartsAt > due.At;
        check.That(
            !late || !string.IsNullOrWhiteSpace(command.LateReason),
            nameof(command.LateReason),
            $"This meeting must be held by {PlainDate.Of(due.Day)}: choose an earlier time, or enter why it has to be later");
        if (check.Failed) return check.Refused;

        return Decision.Accept(new MeetingScheduled(
            @case.Meetings.Count + 1,
            @case.Level!.Value,
            command.StartsAt!.Value,
            command.Minutes!.Value,
            command.Place!.Trim(),
            [.. Agencies.Core.Select(agency => agency.Id).Append(@case.LeadAgencyId).Concat(command.Agencies).Distinct()],
            late ? command.LateReason!.Trim() : null));
    }

    public static Decision Move(Case @case, MoveMeeting command, DecisionContext context)
    {
        if (!@case.IsManaged || @case.NextMeeting?.Number != command.Number)
            return Decision.Conflict("This meeting is not waiting to be held. Nothing was changed.");
        var check = new Check();
        Slot(check, command.StartsAt, command.Minutes, command.Place, context);
        check.Text(command.Reason, nameof(command.Reason), "why the meeting is moved");
        return check.Failed
            ? check.Refused
            : Decision.Accept(new MeetingMoved(command.Number, command.StartsAt!.Value, command.Minutes!.Value, command.Place!.Trim(), command.Reason));
    }

    public static Decision Record(Case @case, RecordMeeting command, DecisionContext context)
    {
        var meeting = @case.Meetings.FirstOrDefault(meeting => meeting.Number == command.Number);
        if (meeting is null) return Decision.Conflict($"This case has no meeting {command.Number}.");
        if (meeting.Outcome is not null) return Decision.Conflict($"Meeting {command.Number} was recorded already. Nothing was changed.");
        if (!@case.IsManaged) return Decision.Conflict("The case is no longer managed. Nothing was changed.");

        var outcome = command.Outcome;
        var check = new Check();
        check.That(context.Now >= meeting.StartsAt, "", $"The meeting has not begun: it is on {PlainDate.Of(meeting.StartsAt)}");
        Attendance(check, meeting, outcome);
        Decisions(check, outcome);
        Disclosure(check, outcome.DisclosureConsidered, outcome.DisclosureReasons);
        LevelFromNowOn(check, @case, outcome.Level, outcome.LevelReasons);
        if (check.Failed) return check.Refused;

        List<CaseEvent> events = [new MeetingRecorded(command.Number, outcome)];
        if (outcome.Level != @case.Level) events.Add(new LevelChanged(@case.Level!.Value, outcome.Level!.Value, outcome.LevelReasons!));
        return Decision.Accept(events);
    }

    public static Decision SendMinutes(Case @case, SendMinutes command)
    {
        var meeting = @case.Meetings.FirstOrDefault(meeting => meeting.Number == command.Number);
        if (meeting?.Outcome is null) return Decision.Conflict("The meeting has to be recorded before its minutes are sent. Nothing was changed.");
        return meeting.MinutesSentAt is not null
            ? Decision.Conflict("The minutes were sent already. Nothing was changed.")
            : Decision.Accept(new MinutesSent(command.Number));
    }

    /// <summary>A level 2 or 3 meeting, and a level 1 review, always considers disclosure, and says why even when the answer is no.</summary>
    internal static void Disclosure(Check check, bool? considered, string? reasons)
    {
        check.That(considered is not null, nameof(MeetingOutcome.DisclosureConsidered), "Select whether disclosure was considered");
        check.Text(reasons, nameof(MeetingOutcome.DisclosureReasons), "the reasons about disclosure, also when the answer is no");
    }

    internal static void LevelFromNowOn(Check check, Case @case, ManagementLevel? level, string? reasons)
    {
        check.Level(level, @case.Category, nameof(MeetingOutcome.Level), "Select the level from now on");
        if (level is not null && level != @case.Level)
            check.Text(reasons, nameof(MeetingOutcome.LevelReasons), "why the level changes");
        else
            check.OptionalText(reasons, nameof(MeetingOutcome.LevelReasons), "the reasons for the level");
    }

    private static void Slot(Check check, DateTimeOffset? startsAt, int? minutes, string? place, DecisionContext context)
    {
        if (check.Given(startsAt, nameof(ScheduleMeeting.StartsAt), "Enter the day and time of the meeting"))
        {
            check.That(startsAt > context.Now, nameof(ScheduleMeeting.StartsAt), "The meeting must be in the future");
            check.That(startsAt < context.Now.AddYears(2), nameof(ScheduleMeeting.StartsAt), "The meeting must be within two years");
        }

        check.That(minutes is >= 15 and <= 480, nameof(ScheduleMeeting.Minutes), "Enter how long the meeting takes, from 15 to 480 minutes");
        check.Text(place, nameof(ScheduleMeeting.Place), "where the meeting is, or how to join it", Check.ShortText);
    }

    private static void Attendance(Check check, Meeting meeting, MeetingOutcome outcome)
    {
        var marked = outcome.Attendance.Select(attendance => attendance.AgencyId).ToHashSet();
        check.That(
            meeting.Agencies.All(marked.Contains) && outcome.Attendance.All(attendance => Enum.IsDefined(attendance.Mark)),
            nameof(outcome.Attendance),
            "Select for each agency that was invited whether it came");
        check.That(
            marked.Count == outcome.Attendance.Count && marked.All(id => Agencies.Find(id) is not null),
            nameof(outcome.Attendance),
            "Name each agency once");
        check.That(
            outcome.Attendance.All(attendance => (attendance.Who?.Length ?? 0) <= Check.ShortText),
            nameof(outcome.Attendance),
            $"The names of those who came must be {Check.ShortText} characters or fewer for each agency");
    }

    private static void Decisions(Check check, MeetingOutcome outcome)
    {
        check.That(outcome.Decisions.Count > 0, nameof(outcome.Decisions), "Enter at least one decision");
        check.That(outcome.Decisions.Count <= 50, nameof(outcome.Decisions), "Enter 50 decisions or fewer");
        for (var i = 0; i < outcome.Decisions.Count; i++)
        {
            var decision = outcome.Decisions[i];
            check.Text(decision.What, $"Decisions[{i}].What", "what was decided", 2000);
            check.Text(decision.Rationale, $"Decisions[{i}].Rationale", "the rationale: the minutes must be clear to somebody who was not there", 2000);
            check.OptionalText(decision.Owner, $"Decisions[{i}].Owner", "who does it", Check.ShortText);
            check.That(
                decision.By is null || !string.IsNullOrWhiteSpace(decision.Owner),
                $"Decisions[{i}].Owner",
                OwnerNeeded);
        }
    }
}
