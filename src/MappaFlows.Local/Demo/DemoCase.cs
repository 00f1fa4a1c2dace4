namespace MappaFlows.Local.Demo;

/// <summary>A made-up case: how it was referred, and what people did in it since.</summary>
internal sealed class DemoCase
{
    private readonly DateOnly _today;
    private readonly List<DemoStep> _steps = [];

    /// <param name="key">Names it for ever: the same key is the same case.</param>
    /// <param name="today">The day on which the demo begins; every date is counted from it.</param>
    public DemoCase(string key, DateOnly today, Person referrer)
    {
        Key = key;
        _today = today;
        Referrer = referrer;
    }

    public string Key { get; }

    public Person Referrer { get; }

    public CaseReference Reference => CaseReference.For(Referrer.Id, Key);

    public IReadOnlyList<DemoStep> Steps => _steps;

    /// <summary>Adds a step, so many days from today (before today: negative), at a time of the day in London.</summary>
    public DemoCase At(int day, int hour, Person actor, Func<CaseState, CaseCommand> command)
    {
        _steps.Add(new(Moment(day, hour), actor, command));
        return this;
    }

    /// <summary>The referral, with which every case begins.</summary>
    public DemoCase Referred(int day, int hour, Referral referral)
    {
        _steps.Add(new(Moment(day, hour), Referrer, _ => new SubmitReferral(Reference, referral)));
        return this;
    }

    public DemoCase Accepted(int day, int hour, Person coordinator, ManagementLevel level) =>
        At(day, hour, coordinator, _ => new DecideScreening
        {
            Outcome = ScreeningOutcome.Accept,
            Level = level,
            Reasons = "The test for this level is met. (Demo)",
        });

    /// <summary>A meeting that is arranged on one day for another.</summary>
    public DemoCase Arranged(int day, int on, Person coordinator) => At(day, 11, coordinator, _ => new ScheduleMeeting
    {
        StartsAt = Moment(on, 10),
        Minutes = 90,
        Place = "Example House, room 2",
        LateReason = "The first day on which everybody could come. (Demo)",
    });

    /// <summary>The meeting that is arranged was held and is recorded.</summary>
    public DemoCase Recorded(int day, Person coordinator, string decided) => At(day, 15, coordinator, state => new RecordMeeting(
        state.NextMeeting!.Number,
        new()
        {
            Attendance = [.. state.NextMeeting!.Agencies.Select(agency => new Attendance(agency, AttendanceStatus.Present))],
            Decisions = [new(decided, "It lowers the risk and can be checked. (Demo)", "Morgan Manager", _today.AddDays(day + 14))],
            DisclosureConsidered = true,
            DisclosureReasons = "Considered for each person at risk. (Demo)",
            Level = state.Level,
        }));

    public DemoCase MinutesSent(int day, Person coordinator) =>
        At(day, 16, coordinator, state => new SendMinutes(state.LastMeeting!.Number));

    public DateTimeOffset Moment(int day, int hour) => LondonTime.StartOf(_today.AddDays(day)).AddHours(hour);
}

/// <summary>An act of one person.</summary>
internal sealed record DemoStep(DateTimeOffset At, Person Actor, Func<CaseState, CaseCommand> Command);

/// <summary>Referrals of made-up people.</summary>
internal static class DemoReferral
{
    /// <summary>A referral in Category 2, which sentence expiry ends.</summary>
    public static Referral Of(string givenNames, string familyName, DateOnly today, ManagementLevel level, int daysToExpiry) => new()
    {
        Placement = new() { Area = "hampshire", Category = Category.Category2, LevelSought = level, LeadAgency = "probation" },
        Subject = new() { GivenNames = givenNames, FamilyName = familyName, DateOfBirth = new(1984, 5, 17), Ethnicity = "Not known" },
        Identifiers = new() { Probation = "X000000" },
        Addresses = new() { NoFixedAddress = false, Current = "1 Example Street, Exampleton" },
        Offence = new()
        {
            IndexOffence = "Made-up violent offence",
            Kind = Offence.Schedule15,
            Disposal = Disposal.Imprisonment,
            SentenceMonths = 48,
            Summary = "Made up for the demo. No such offence was committed.",
        },
        Dates = new() { Sentence = today.AddYears(-3), Release = today.AddYears(-1), SentenceExpiry = today.AddDays(daysToExpiry) },
        Risk = new() { AssessmentTool = "OASys", AssessedOn = today.AddYears(-1), ToPublic = RiskLevel.High, ToKnownAdult = RiskLevel.Medium },
        Reason = new()
        {
            BehaviourAndAttitudes = "Made up for the demo.",
            CurrentPlan = "Weekly contact and an agreed place to live. Made up for the demo.",
            WhyThisLevel = "Several agencies have to act together.",
        },
        Meeting = new() { ReferrerContact = "01632 960000", CountersigningManager = "Morgan Manager" },
    };

    /// <summary>In Category 1: a notification requirement without an end, led by the police.</summary>
    public static Referral InCategory1(this Referral referral) => referral with
    {
        Placement = referral.Placement with { Category = Category.Category1, LeadAgency = "police" },
        Offence = referral.Offence with { IndexOffence = "Made-up sexual offence", Kind = null },
        Dates = referral.Dates with { SentenceExpiry = null, NotificationIndefinite = true },
    };

    /// <summary>In Category 3, which a decision ends.</summary>
    public static Referral InCategory3(this Referral referral) => referral with
    {
        Placement = referral.Placement with { Category = Category.Category3 },
        Dates = referral.Dates with { SentenceExpiry = null },
    };

    public static Referral InArea(this Referral referral, string area) =>
        referral with { Placement = referral.Placement with { Area = area } };

    public static Referral AsEmergency(this Referral referral, string reason) =>
        referral with { Placement = referral.Placement with { EmergencyReason = reason } };
}
