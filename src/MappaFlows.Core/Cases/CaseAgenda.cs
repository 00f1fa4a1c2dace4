using MappaFlows.Core.Calendars;
using MappaFlows.Core.Disclosures;
using MappaFlows.Core.Exits;
using MappaFlows.Core.People;
using MappaFlows.Core.Policy;

namespace MappaFlows.Core.Cases;

/// <summary>
/// Everything that a case waits for, by whom and until when. Derived from the case and the policy each time it is asked,
/// never stored as truth: when a date or the policy changes, every clock that came from it has moved.
/// </summary>
public sealed class CaseAgenda
{
    /// <summary>The agency whose level 1 reviews have a rhythm of their own.</summary>
    private const string PoliceId = "police";

    private CaseAgenda(Case @case, IReadOnlyList<Duty> duties, ExitForecast? forecast)
    {
        Case = @case;
        Duties = duties;
        Forecast = forecast;
    }

    public Case Case { get; }

    /// <summary>What is owed, the earliest due first; what has no clock stands last.</summary>
    public IReadOnlyList<Duty> Duties { get; }

    /// <summary>How the case will end; null while it is not managed.</summary>
    public ExitForecast? Forecast { get; }

    public Duty? Find(DutyKind kind) => Duties.FirstOrDefault(duty => duty.Kind == kind);

    /// <summary>What is due first; null where no clock runs.</summary>
    public Duty? Next => Duties.FirstOrDefault(duty => duty.Due is not null);

    public static CaseAgenda Of(Case @case, PolicyBook policy, WorkingCalendar calendar)
    {
        var clocks = new Clocks(@case, policy, calendar);
        var forecast = @case.IsManaged ? ExitForecast.From(@case.Bases, LondonTime.Today(@case.Screening!.DecidedAt), ConsideredForCategory3(@case)) : null;
        var duties = @case.Stage switch
        {
            CaseStage.Screening => Screening(@case, clocks),
            CaseStage.InformationAsked => Information(@case, clocks),
            CaseStage.Managed => [.. Reviews(@case, clocks), .. Disclosures(@case, policy, calendar), .. Exit(@case, clocks, forecast!)],
            _ => @case.Disclosures.Where(disclosure => disclosure.Stage == DisclosureStage.Approved).Select(MakeDisclosure),
        };
        return new(@case, [.. duties.OrderBy(duty => duty.Due?.At ?? DateTimeOffset.MaxValue)], forecast);
    }

    /// <summary>The part of the agenda that belongs to a part of its case; how the case will end is not in it.</summary>
    internal CaseAgenda Narrow(Case @case, Func<Duty, bool> keeps) => new(@case, [.. Duties.Where(keeps)], forecast: null);

    /// <summary>By when the next meeting must be held, whether one is arranged or not.</summary>
    public static Deadline HoldMeetingBy(Case @case, PolicyBook policy, WorkingCalendar calendar) =>
        HoldMeetingBy(@case, new Clocks(@case, policy, calendar));

    /// <summary>When the clock has something to do next in this part of the case; null for never, as things stand.</summary>
    public DateTimeOffset? LookAgainAt(ClockPart? part, int? disclosure = null)
    {
        var moments = Duties
            .Where(duty => part is null || duty.Part == part)
            .Where(duty => disclosure is null || duty.Subject == Subject(disclosure.Value))
            .SelectMany(Moments)
            .ToList();
        return moments.Count == 0 ? null : moments.Min();
    }

    private IEnumerable<DateTimeOffset> Moments(Duty duty)
    {
        if (duty.Kind == DutyKind.DecideDisclosure)
        {
            if (duty.RemindAt is { } next) yield return next;
            yield return duty.Due!.At;
            yield break;
        }

        if (duty.Due is null || Case.Escalated.Contains(duty.Key)) yield break;
        if (duty.RemindAt is { } remindAt && remindAt < duty.Due.At && !Case.Reminded.Contains(duty.Key)) yield return remindAt;
        yield return duty.Due.At;
    }

    private static IEnumerable<Duty> Screening(Case @case, Clocks clocks)
    {
        var due = clocks.After(@case.ScreeningSince, ClockIds.ScreeningDecision);
        yield return new(DutyKind.DecideScreening, "", due, clocks.DayBefore(due, ClockIds.ScreeningReminder), new(Role.Coordinator));
    }

    private static IEnumerable<Duty> Information(Case @case, Clocks clocks)
    {
        var due = clocks.After(@case.InformationRequests[^1].AskedAt, ClockIds.ScreeningDecision);
        yield return new(DutyKind.GiveInformation, "", due, clocks.DayBefore(due, ClockIds.ScreeningReminder), new(null, @case.ReferrerId));
        yield return new(DutyKind.DecideScreening, "", null, null, new(Role.Coordinator));
    }

    private static IEnumerable<Duty> Reviews(Case @case, Clocks clocks)
    {
        if (@case.Level == ManagementLevel.Level1)
        {
            var clock = @case.LeadAgencyId == PoliceId ? ClockIds.ReviewLevel1Police : ClockIds.ReviewLevel1Probation;
            var since = Later(@case.LevelSince!.Value, @case.Level1Reviews.LastOrDefault()?.At);
            var due = clocks.After(since, clock);
            yield return new(DutyKind.ReviewLevel1, Subject(@case.Level1Reviews.Count + 1), due, clocks.DayBefore(due, ClockIds.ReviewReminder), new(Role.LeadAgencyManager));
        }
        else if (@case.NextMeeting is { } arranged)
        {
            var due = clocks.After(arranged.StartsAt.AddMinutes(arranged.Minutes), ClockIds.MeetingRecord);
            yield return new(DutyKind.RecordMeeting, Subject(arranged.Number), due, LondonTime.StartOf(due.Day), new(Role.Coordinator));
        }
        else
        {
            var due = HoldMeetingBy(@case, clocks);
            yield return new(DutyKind.HoldMeeting, Subject(@case.Meetings.Count + 1), due, clocks.DayBefore(due, ClockIds.MeetingInvitations), new(Role.Coordinator));
        }

        foreach (var meeting in @case.Meetings.Where(meeting => meeting is { Outcome: not null, MinutesSentAt: null }))
        {
            var due = clocks.After(meeting.StartsAt, meeting.Level == ManagementLevel.Level3 ? ClockIds.MinutesLevel3 : ClockIds.MinutesLevel2);
            yield return new(DutyKind.SendMinutes, Subject(meeting.Number), due, clocks.DayBefore(due, ClockIds.MinutesReminder), new(Role.Coordinator));
        }
    }

    /// <summary>The first meeting at a level has its own clock; after that the level's review clock runs from the last meeting.</summary>
    private static DueDate HoldMeetingBy(Case @case, Clocks clocks)
    {
        var since = @case.LevelSince!.Value;
        if (@case.LastMeeting is { } last && (last.RecordedAt >= since || last.StartsAt >= since))
            return clocks.After(last.StartsAt, @case.Level == ManagementLevel.Level3 ? ClockIds.ReviewLevel3 : ClockIds.ReviewLevel2);

        var emergency = @case.Meetings.Count == 0 && !string.IsNullOrWhiteSpace(@case.Referral.Placement.EmergencyReason);
        return clocks.After(since, (@case.Level, emergency) switch
        {
            (ManagementLevel.Level3, true) => ClockIds.FirstMeetingLevel3Emergency,
            (ManagementLevel.Level3, _) => ClockIds.FirstMeetingLevel3,
            _ => ClockIds.FirstMeetingLevel2,
        });
    }

    private static IEnumerable<Duty> Disclosures(Case @case, PolicyBook policy, WorkingCalendar calendar)
    {
        foreach (var disclosure in @case.Disclosures)
        {
            var subject = Subject(disclosure.Number);
            switch (disclosure.Stage)
            {
                case DisclosureStage.AwaitingApproval:
                    var clock = ApprovalClock.Of(@case, disclosure, policy, calendar);

                    // Whichever comes first: policy may let the deputy be asked before the approver is reminded.
                    DateTimeOffset?[] open =
                    [
                        disclosure.Reminded ? null : clock.RemindAt.At,
                        disclosure.Escalated || disclosure.DeputyId is null ? null : clock.EscalateAt.At,
                    ];
                    var next = open.Min();
                    yield return new(DutyKind.DecideDisclosure, subject, clock.LapseAt, next, new(null, disclosure.ApproverId, disclosure.Escalated ? disclosure.DeputyId : null));
                    break;
                case DisclosureStage.ChangeAsked or DisclosureStage.Lapsed:
                    yield return new(DutyKind.ReviseDisclosure, subject, null, null, new(null, disclosure.ProposedBy));
                    break;
                case DisclosureStage.Approved:
                    yield return MakeDisclosure(disclosure);
                    break;
            }
        }
    }

    private static Duty MakeDisclosure(Disclosure disclosure) =>
        new(DutyKind.MakeDisclosure, Subject(disclosure.Number), null, null, new(null, disclosure.Content.DiscloserId));

    private static IEnumerable<Duty> Exit(Case @case, Clocks clocks, ExitForecast forecast)
    {
        // A category that ends while another still holds is not an exit: the next one takes over.
        if (EndOfCategory(@case) is { } ends && forecast.ExitDay != ends)
        {
            var stretch = forecast.Successions.FirstOrDefault(stretch => stretch.LastDay == ends && stretch.Basis?.Category == @case.Category);
            yield return new(DutyKind.ChangeCategory, "", AtEndOf(ends, stretch?.Explanation ?? forecast.Explanation), null, DutyOwner.Clock);
        }

        if (forecast.ExitDay is not { } lastDay) yield break;

        var first = clocks.Before(lastDay, ClockIds.PreExitFirst);
        var second = clocks.Before(lastDay, ClockIds.PreExitSecond);
        var opened = LondonTime.StartOf(clocks.Before(first.Day, ClockIds.ReviewReminder).Day);
        var held = @case.PreExitReviews.Count(review => review.At >= opened);
        var accepted = @case.Screening!.DecidedAt;
        var reviews = new[] { first, second }.Where(review => review.At > accepted).ToList();
        for (var i = held; i < reviews.Count; i++)
        {
            var subject = reviews[i] == first ? "first" : "second";
            yield return new(DutyKind.ReviewBeforeExit, subject, reviews[i], clocks.DayBefore(reviews[i], ClockIds.ReviewReminder), new(Role.LeadAgencyManager));
        }

        yield return new(DutyKind.Exit, "", AtEndOf(lastDay, forecast.Explanation), null, DutyOwner.Clock);
    }

    /// <summary>The last day of the category in force; null where one of its bases has no end, and so it has none either.</summary>
    private static DateOnly? EndOfCategory(Case @case)
    {
        var ends = @case.Bases.Where(basis => basis.Category == @case.Category).Select(basis => basis.EndsOn).ToList();
        return ends.Contains(null) ? null : ends.Max();
    }

    /// <summary>Whether a review before the exit said that Category 3 is not needed after it.</summary>
    private static bool ConsideredForCategory3(Case @case) => @case.PreExitReviews.LastOrDefault() is { ConsiderCategory3: false };

    private static Deadline AtEndOf(DateOnly day, string explanation) => new(LondonTime.EndOf(day), day, explanation, null);

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset? other) => other > one ? other.Value : one;

    private static string Subject(int number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>The area's clocks, as they stood on the day each one started.</summary>
    private readonly struct Clocks(Case @case, PolicyBook policy, WorkingCalendar calendar)
    {
        public DueDate After(DateTimeOffset start, string clock) =>
            policy.Clock(clock, @case.AreaCode, LondonTime.Today(start)).Due(start, calendar);

        public DueDate Before(DateOnly day, string clock) => policy.Clock(clock, @case.AreaCode, day).Due(day, calendar);

        /// <summary>The first moment of the day on which a reminder for this is sent.</summary>
        public DateTimeOffset DayBefore(DueDate due, string clock) => LondonTime.StartOf(Before(due.Day, clock).Day);
    }
}
