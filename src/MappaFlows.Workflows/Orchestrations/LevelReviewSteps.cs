using Microsoft.DurableTask;

namespace MappaFlows.Workflows.Orchestrations;

/// <summary>Looks which reviews a case waits for.</summary>
public sealed class ReadReviews(CaseClock clock) : ReviewStep(clock);

/// <summary>Reminds the coordinators to arrange the next meeting.</summary>
public sealed class RemindToArrangeMeeting(CaseClock clock) : ReviewStep(clock, MeetingObligations.HoldMeeting);

/// <summary>Tells the Chair that no meeting was held in time.</summary>
public sealed class EscalateMeeting(CaseClock clock) : ReviewStep(clock, MeetingObligations.HoldMeeting);

/// <summary>Reminds the coordinators to record a meeting.</summary>
public sealed class RemindToRecordMeeting(CaseClock clock) : ReviewStep(clock, MeetingObligations.RecordMeeting);

/// <summary>Tells the Chair that a meeting was not recorded in time.</summary>
public sealed class EscalateMeetingRecord(CaseClock clock) : ReviewStep(clock, MeetingObligations.RecordMeeting);

/// <summary>Reminds the coordinators to send the minutes.</summary>
public sealed class RemindToSendMinutes(CaseClock clock) : ReviewStep(clock, MeetingObligations.SendMinutes);

/// <summary>Tells the Chair that minutes were not sent in time.</summary>
public sealed class EscalateMinutes(CaseClock clock) : ReviewStep(clock, MeetingObligations.SendMinutes);

/// <summary>Reminds the lead agency of its review.</summary>
public sealed class RemindLeadAgency(CaseClock clock) : ReviewStep(clock, Level1ReviewObligations.ReviewLevel1);

/// <summary>Tells the coordinators that the lead agency's review is late.</summary>
public sealed class EscalateLevel1Review(CaseClock clock) : ReviewStep(clock, Level1ReviewObligations.ReviewLevel1);

/// <summary>A step of the reviews: carries out what is due, and reports what comes next.</summary>
/// <param name="clock">Acts for the clock.</param>
/// <param name="due">The obligation for which it wakes; null to look only.</param>
public abstract class ReviewStep(CaseClock clock, ObligationKind? due = null) : TaskActivity<CaseInput, ReviewStatus>
{
    public override async Task<ReviewStatus> RunAsync(TaskActivityContext context, CaseInput input)
    {
        var timetable = due is not null ? await clock.CarryOutAsync(input.Reference) : await clock.ReadAsync(input.Reference);
        if (!timetable.Case.IsManaged) return new() { IsOpen = false };
        return new()
        {
            IsOpen = true,
            ArrangeMeetingAt = timetable.RemindAt(MeetingObligations.HoldMeeting),
            HoldMeetingBy = timetable.EscalateAt(MeetingObligations.HoldMeeting),
            RecordMeetingAt = timetable.RemindAt(MeetingObligations.RecordMeeting),
            RecordMeetingBy = timetable.EscalateAt(MeetingObligations.RecordMeeting),
            SendMinutesAt = timetable.RemindAt(MeetingObligations.SendMinutes),
            SendMinutesBy = timetable.EscalateAt(MeetingObligations.SendMinutes),
            Level1ReviewAt = timetable.RemindAt(Level1ReviewObligations.ReviewLevel1),
            Level1ReviewBy = timetable.EscalateAt(Level1ReviewObligations.ReviewLevel1),
        };
    }
}
