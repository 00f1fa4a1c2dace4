namespace MappaFlows.Core.Meetings;

/// <summary>Level 2 and 3 meetings: arranged inside their clock, recorded with rationale, followed by minutes.</summary>
public static class MeetingDecisions
{
    /// <summary>Said of a decision that has a day and no one who does it by then.</summary>
    public const string OwnerNeeded = "Enter who does it: an action with a day needs an owner";

    /// <summary>A meeting that was held without being arranged here can be entered this long after.</summary>
    public const int MaxDaysAgo = 28;

    public static Decision Schedule(CaseState state, ScheduleMeeting command, CaseContext context)
    {
        if (!state.IsManaged || state.Level == ManagementLevel.Level1)
            return Decision.Conflict("Meetings are held for cases managed at level 2 or 3. Nothing was changed.");
        if (state.NextMeeting is { } waiting)
            return Decision.Conflict($"Meeting {waiting.Number} is arranged already: move it, or record it first. Nothing was changed.");

        var validation = new Validation();
        Slot(validation, state, command.StartsAt, command.Minutes, command.Place, context);
        validation.Require(command.Agencies.All(id => Agencies.Find(id) is not null), nameof(command.Agencies), "Select agencies from the list");
        var lateReason = WhyLate(validation, state, command.StartsAt, command.LateReason, context);
        if (validation.HasFailed) return validation.Refused;

        return Decision.Accept(new MeetingScheduled(
            state.Meetings.Count + 1,
            state.Level!.Value,
            command.StartsAt!.Value,
            command.Minutes!.Value,
            command.Place!,
            [.. Agencies.Core.Select(agency => agency.Id).Append(state.LeadAgencyId).Concat(command.Agencies).Distinct()],
            lateReason));
    }

    public static Decision Move(CaseState state, MoveMeeting command, CaseContext context)
    {
        if (!state.IsManaged || state.NextMeeting?.Number != command.Number)
            return Decision.Conflict("This meeting is not waiting to be held. Nothing was changed.");
        var validation = new Validation();
        Slot(validation, state, command.StartsAt, command.Minutes, command.Place, context);
        validation.Text(command.Reason, nameof(command.Reason), "why the meeting is moved");
        var lateReason = WhyLate(validation, state, command.StartsAt, command.LateReason, context);
        return validation.HasFailed
            ? validation.Refused
            : Decision.Accept(new MeetingMoved(
                command.Number, command.StartsAt!.Value, command.Minutes!.Value, command.Place!, command.Reason, lateReason));
    }

    /// <summary>A meeting past the rule's date needs a reason of its own, whether it is arranged there or moved there.</summary>
    /// <returns>The reason to keep; null for a meeting in time.</returns>
    private static string? WhyLate(
        Validation validation, CaseState state, DateTimeOffset? startsAt, string? lateReason, CaseContext context)
    {
        validation.OptionalText(lateReason, nameof(ScheduleMeeting.LateReason), "the reason");
        var due = MeetingObligations.HoldBy(state, context.Policy, context.Calendar);
        var late = MeetingObligations.IsLate(startsAt, due);
        validation.Require(
            !late || !TextPolicy.IsBlank(lateReason),
            nameof(ScheduleMeeting.LateReason),
            $"This meeting must be held by {PlainDate.Of(due.Day)}: choose an earlier time, or enter why it has to be later");
        return late ? lateReason : null;
    }

    public static Decision Record(CaseState state, RecordMeeting command, CaseContext context)
    {
        var meeting = state.FindMeeting(command.Number);
        if (meeting is null) return Decision.Conflict($"This case has no meeting {command.Number}.");
        if (meeting.IsHeld) return Decision.Conflict($"Meeting {command.Number} was recorded already. Nothing was changed.");
        if (!state.IsManaged) return Decision.Conflict("The case is no longer managed. Nothing was changed.");

        var outcome = command.Outcome;
        var validation = new Validation();
        validation.Require(context.Now >= meeting.StartsAt, "", $"The meeting has not begun: it is on {PlainDate.Of(meeting.StartsAt)}");
        Attendance(validation, meeting, outcome);
        Decisions(validation, meeting, outcome, context.Today);
        validation.Disclosure(outcome.DisclosureConsidered, outcome.DisclosureReasons);
        validation.LevelFromNowOn(state, outcome.Level, outcome.LevelReasons);
        if (validation.HasFailed) return validation.Refused;

        List<CaseEvent> events = [new MeetingRecorded(command.Number, outcome)];
        if (outcome.Level != state.Level) events.Add(new LevelChanged(state.Level!.Value, outcome.Level!.Value, outcome.LevelReasons!));
        return Decision.Accept(events);
    }

    public static Decision SendMinutes(CaseState state, SendMinutes command)
    {
        var meeting = state.FindMeeting(command.Number);
        if (meeting is not { IsHeld: true }) return Decision.Conflict("The meeting has to be recorded before its minutes are sent. Nothing was changed.");
        return !meeting.AwaitsMinutes
            ? Decision.Conflict("The minutes were sent already. Nothing was changed.")
            : Decision.Accept(new MinutesSent(command.Number));
    }

    private static void Slot(
        Validation validation, CaseState state, DateTimeOffset? startsAt, int? minutes, string? place, CaseContext context)
    {
        if (validation.Given(startsAt, nameof(ScheduleMeeting.StartsAt), "Enter the day and time of the meeting"))
        {
            validation.Require(
                startsAt > context.Now.AddDays(-MaxDaysAgo),
                nameof(ScheduleMeeting.StartsAt),
                $"The meeting must be in the future, or have been held in the last {MaxDaysAgo} days");
            if (startsAt <= context.Now)
            {
                validation.Require(
                    startsAt >= state.AcceptedAt,
                    nameof(ScheduleMeeting.StartsAt),
                    $"The meeting must not be before the case was accepted, {PlainDate.Of(LondonTime.Today(state.AcceptedAt!.Value))}");
                validation.Require(
                    !(startsAt <= state.LastMeeting?.StartsAt),
                    nameof(ScheduleMeeting.StartsAt),
                    "The meeting must be after the one before it");
            }

            validation.Require(startsAt < context.Now.AddYears(2), nameof(ScheduleMeeting.StartsAt), "The meeting must be within two years");
        }

        validation.Require(minutes is >= 15 and <= 480, nameof(ScheduleMeeting.Minutes), "Enter how long the meeting takes, from 15 to 480 minutes");
        validation.Text(place, nameof(ScheduleMeeting.Place), "where the meeting is, or how to join it", Validation.MaxShortText);
    }

    private static void Attendance(Validation validation, Meeting meeting, MeetingOutcome outcome)
    {
        var marked = outcome.Attendance.Select(attendance => attendance.AgencyId).ToHashSet();
        validation.Require(
            meeting.Agencies.All(marked.Contains) && outcome.Attendance.All(attendance => Enum.IsDefined(attendance.Status)),
            nameof(outcome.Attendance),
            "Select for each agency that was invited whether it came");
        validation.Require(
            marked.Count == outcome.Attendance.Count && marked.All(id => Agencies.Find(id) is not null),
            nameof(outcome.Attendance),
            "Name each agency once");
        for (var i = 0; i < outcome.Attendance.Count; i++)
        {
            validation.OptionalText(
                outcome.Attendance[i].Attendees, $"Attendance[{i}].Attendees", "the names of those who came", Validation.MaxShortText);
        }

    }

    private static void Decisions(Validation validation, Meeting meeting, MeetingOutcome outcome, DateOnly today)
    {
        validation.Require(outcome.Decisions.Count > 0, nameof(outcome.Decisions), "Enter at least one decision");
        validation.Require(outcome.Decisions.Count <= 50, nameof(outcome.Decisions), "Enter 50 decisions or fewer");
        for (var i = 0; i < outcome.Decisions.Count; i++)
        {
            var decision = outcome.Decisions[i];
            validation.Text(decision.Decision, $"Decisions[{i}].Decision", "what was decided", 2000);
            validation.Text(decision.Rationale, $"Decisions[{i}].Rationale", "the rationale, so that the minutes are clear to someone who was not there", 2000);
            validation.OptionalText(decision.Owner, $"Decisions[{i}].Owner", "who does it", Validation.MaxShortText);
            validation.Require(
                decision.DueOn is null || !TextPolicy.IsBlank(decision.Owner),
                $"Decisions[{i}].Owner",
                OwnerNeeded);
            const string by = "The day by which it is done";
            if (validation.Plausible(decision.DueOn, $"Decisions[{i}].DueOn", by, today, yearsAhead: 10))
                validation.NotBefore(decision.DueOn, $"Decisions[{i}].DueOn", by, LondonTime.Today(meeting.StartsAt), "the meeting");
        }
    }
}
