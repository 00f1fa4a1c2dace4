namespace MappaFlows.Core.Cases;

/// <summary>
/// Everything that a case waits for, by whom and until when. Derived from the case and the policy each time it is asked,
/// never stored as truth: when a date or the policy changes, every clock that came from it has moved.
/// </summary>
public sealed class Timetable
{
    /// <summary>The agency whose level 1 reviews have a rhythm of their own.</summary>
    private const string PoliceId = "police";

    private Timetable(CaseState state, IReadOnlyList<Obligation> obligations, ExitForecast? forecast)
    {
        Case = state;
        Obligations = obligations;
        Forecast = forecast;
    }

    public CaseState Case { get; }

    /// <summary>What is owed, the earliest due first; what has no clock stands last.</summary>
    public IReadOnlyList<Obligation> Obligations { get; }

    /// <summary>How the case will end; null while it is not managed.</summary>
    public ExitForecast? Forecast { get; }

    public Obligation? Find(ObligationKind kind) => Obligations.FirstOrDefault(obligation => obligation.Kind == kind);

    /// <summary>What is due first; null where no clock runs.</summary>
    public Obligation? Next => Obligations.FirstOrDefault(obligation => obligation.Due is not null);

    public static Timetable Of(CaseState state, PolicyBook policy, WorkingCalendar calendar)
    {
        var clocks = new Clocks(state, policy, calendar);
        var forecast = state.IsManaged ? ExitForecast.From(state.Bases, LondonTime.Today(state.Screening!.DecidedAt), ConsideredForCategory3(state)) : null;
        var obligations = state.Stage switch
        {
            CaseStage.Screening => Screening(state, clocks),
            CaseStage.InformationRequested => Information(state, clocks),
            CaseStage.Managed => [.. Reviews(state, clocks), .. Disclosures(state, policy, calendar), .. Exit(state, clocks, forecast!)],
            _ => state.Disclosures.Where(disclosure => disclosure.Stage == DisclosureStage.Approved).Select(MakeDisclosure),
        };
        return new(state, [.. obligations.OrderBy(obligation => obligation.Due?.At ?? DateTimeOffset.MaxValue)], forecast);
    }

    /// <summary>The part of the agenda that belongs to a part of its case; how the case will end is not in it.</summary>
    internal Timetable Narrow(CaseState state, Func<Obligation, bool> keeps) => new(state, [.. Obligations.Where(keeps)], forecast: null);

    /// <summary>By when the next meeting must be held, whether one is arranged or not.</summary>
    public static Deadline HoldMeetingBy(CaseState state, PolicyBook policy, WorkingCalendar calendar) =>
        HoldMeetingBy(state, new Clocks(state, policy, calendar));

    /// <summary>When the clock has something to do next in this part of the case; null for never, as things stand.</summary>
    public DateTimeOffset? NextStepAt(CasePart? part, int? disclosure = null)
    {
        var moments = Obligations
            .Where(obligation => part is null || obligation.Part == part)
            .Where(obligation => disclosure is null || obligation.Subject == Subject(disclosure.Value))
            .SelectMany(Moments)
            .ToList();
        return moments.Count == 0 ? null : moments.Min();
    }

    private IEnumerable<DateTimeOffset> Moments(Obligation obligation)
    {
        if (obligation.Kind == ObligationKind.DecideDisclosure)
        {
            if (obligation.RemindAt is { } next) yield return next;
            yield return obligation.Due!.At;
            yield break;
        }

        if (obligation.Due is null || Case.Escalated.Contains(obligation.Key)) yield break;
        if (obligation.RemindAt is { } remindAt && remindAt < obligation.Due.At && !Case.Reminded.Contains(obligation.Key)) yield return remindAt;
        yield return obligation.Due.At;
    }

    private static IEnumerable<Obligation> Screening(CaseState state, Clocks clocks)
    {
        var due = clocks.After(state.ScreeningSince, ClockIds.ScreeningDecision);
        yield return new(ObligationKind.DecideScreening, "", due, clocks.DayBefore(due, ClockIds.ScreeningReminder), new(Role.Coordinator));
    }

    private static IEnumerable<Obligation> Information(CaseState state, Clocks clocks)
    {
        var due = clocks.After(state.InformationRequests[^1].AskedAt, ClockIds.ScreeningDecision);
        yield return new(ObligationKind.GiveInformation, "", due, clocks.DayBefore(due, ClockIds.ScreeningReminder), new(null, state.ReferrerId));
        yield return new(ObligationKind.DecideScreening, "", null, null, new(Role.Coordinator));
    }

    private static IEnumerable<Obligation> Reviews(CaseState state, Clocks clocks)
    {
        if (state.Level == ManagementLevel.Level1)
        {
            var clock = state.LeadAgencyId == PoliceId ? ClockIds.ReviewLevel1Police : ClockIds.ReviewLevel1Probation;
            var since = Later(state.LevelSince!.Value, state.Level1Reviews.LastOrDefault()?.At);
            var due = clocks.After(since, clock);
            yield return new(ObligationKind.ReviewLevel1, Subject(state.Level1Reviews.Count + 1), due, clocks.DayBefore(due, ClockIds.ReviewReminder), new(Role.LeadAgencyManager));
        }
        else if (state.NextMeeting is { } arranged)
        {
            var due = clocks.After(arranged.StartsAt.AddMinutes(arranged.Minutes), ClockIds.MeetingRecord);
            yield return new(ObligationKind.RecordMeeting, Subject(arranged.Number), due, LondonTime.StartOf(due.Day), new(Role.Coordinator));
        }
        else
        {
            var due = HoldMeetingBy(state, clocks);
            yield return new(ObligationKind.HoldMeeting, Subject(state.Meetings.Count + 1), due, clocks.DayBefore(due, ClockIds.MeetingInvitations), new(Role.Coordinator));
        }

        foreach (var meeting in state.Meetings.Where(meeting => meeting is { Outcome: not null, MinutesSentAt: null }))
        {
            var due = clocks.After(meeting.StartsAt, meeting.Level == ManagementLevel.Level3 ? ClockIds.MinutesLevel3 : ClockIds.MinutesLevel2);
            yield return new(ObligationKind.SendMinutes, Subject(meeting.Number), due, clocks.DayBefore(due, ClockIds.MinutesReminder), new(Role.Coordinator));
        }
    }

    /// <summary>The first meeting at a level has its own clock; after that the level's review clock runs from the last meeting.</summary>
    private static Deadline HoldMeetingBy(CaseState state, Clocks clocks)
    {
        var since = state.LevelSince!.Value;
        if (state.LastMeeting is { } last && (last.RecordedAt >= since || last.StartsAt >= since))
            return clocks.After(last.StartsAt, state.Level == ManagementLevel.Level3 ? ClockIds.ReviewLevel3 : ClockIds.ReviewLevel2);

        var emergency = state.Meetings.Count == 0 && !string.IsNullOrWhiteSpace(state.Referral.Placement.EmergencyReason);
        return clocks.After(since, (state.Level, emergency) switch
        {
            (ManagementLevel.Level3, true) => ClockIds.FirstMeetingLevel3Emergency,
            (ManagementLevel.Level3, _) => ClockIds.FirstMeetingLevel3,
            _ => ClockIds.FirstMeetingLevel2,
        });
    }

    private static IEnumerable<Obligation> Disclosures(CaseState state, PolicyBook policy, WorkingCalendar calendar)
    {
        foreach (var disclosure in state.Disclosures)
        {
            var subject = Subject(disclosure.Number);
            switch (disclosure.Stage)
            {
                case DisclosureStage.AwaitingApproval:
                    var clock = ApprovalClock.Of(state, disclosure, policy, calendar);

                    // Whichever comes first: policy may let the deputy be asked before the approver is reminded.
                    DateTimeOffset?[] open =
                    [
                        disclosure.Reminded ? null : clock.RemindAt.At,
                        disclosure.Escalated || disclosure.DeputyId is null ? null : clock.EscalateAt.At,
                    ];
                    var next = open.Min();
                    yield return new(ObligationKind.DecideDisclosure, subject, clock.LapseAt, next, new(null, disclosure.ApproverId, disclosure.Escalated ? disclosure.DeputyId : null));
                    break;
                case DisclosureStage.ChangeRequested or DisclosureStage.Lapsed:
                    yield return new(ObligationKind.ReviseDisclosure, subject, null, null, new(null, disclosure.ProposedBy));
                    break;
                case DisclosureStage.Approved:
                    yield return MakeDisclosure(disclosure);
                    break;
            }
        }
    }

    private static Obligation MakeDisclosure(Disclosure disclosure) =>
        new(ObligationKind.MakeDisclosure, Subject(disclosure.Number), null, null, new(null, disclosure.Content.DiscloserId));

    private static IEnumerable<Obligation> Exit(CaseState state, Clocks clocks, ExitForecast forecast)
    {
        // A category that ends while another still holds is not an exit: the next one takes over.
        if (EndOfCategory(state) is { } ends && forecast.ExitDay != ends)
        {
            var stretch = forecast.ManagementPeriods.FirstOrDefault(stretch => stretch.LastDay == ends && stretch.Basis?.Category == state.Category);
            yield return new(ObligationKind.ChangeCategory, "", AtEndOf(ends, stretch?.Explanation ?? forecast.Explanation), null, ObligationOwner.Clock);
        }

        if (forecast.ExitDay is not { } lastDay) yield break;

        var first = clocks.Before(lastDay, ClockIds.PreExitFirst);
        var second = clocks.Before(lastDay, ClockIds.PreExitSecond);
        var opened = LondonTime.StartOf(clocks.Before(first.Day, ClockIds.ReviewReminder).Day);
        var held = state.PreExitReviews.Count(review => review.At >= opened);
        var accepted = state.Screening!.DecidedAt;
        var reviews = new[] { first, second }.Where(review => review.At > accepted).ToList();
        for (var i = held; i < reviews.Count; i++)
        {
            var subject = reviews[i] == first ? "first" : "second";
            yield return new(ObligationKind.ReviewBeforeExit, subject, reviews[i], clocks.DayBefore(reviews[i], ClockIds.ReviewReminder), new(Role.LeadAgencyManager));
        }

        yield return new(ObligationKind.Exit, "", AtEndOf(lastDay, forecast.Explanation), null, ObligationOwner.Clock);
    }

    /// <summary>The last day of the category in force; null where one of its bases has no end, and so it has none either.</summary>
    private static DateOnly? EndOfCategory(CaseState state)
    {
        var ends = state.Bases.Where(basis => basis.Category == state.Category).Select(basis => basis.EndsOn).ToList();
        return ends.Contains(null) ? null : ends.Max();
    }

    /// <summary>Whether a review before the exit said that Category 3 is not needed after it.</summary>
    private static bool ConsideredForCategory3(CaseState state) => state.PreExitReviews.LastOrDefault() is { ConsiderCategory3: false };

    private static Deadline AtEndOf(DateOnly day, string explanation) => new(LondonTime.EndOf(day), day, explanation, null);

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset? other) => other > one ? other.Value : one;

    private static string Subject(int number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>The area's clocks, as they stood on the day each one started.</summary>
    private readonly struct Clocks(CaseState state, PolicyBook policy, WorkingCalendar calendar)
    {
        public Deadline After(DateTimeOffset start, string clock) =>
            policy.Clock(clock, state.AreaCode, LondonTime.Today(start)).Due(start, calendar);

        public Deadline Before(DateOnly day, string clock) => policy.Clock(clock, state.AreaCode, day).Due(day, calendar);

        /// <summary>The first moment of the day on which a reminder for this is sent.</summary>
        public DateTimeOffset DayBefore(Deadline due, string clock) => LondonTime.StartOf(Before(due.Day, clock).Day);
    }
}
