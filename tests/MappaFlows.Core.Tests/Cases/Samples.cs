namespace MappaFlows.Core.Tests.Cases;

/// <summary>Complete records, each of which is accepted as it stands at <see cref="CaseSimulation.Begins"/>.</summary>
internal static class Samples
{
    public static readonly CaseReference Reference = CaseReference.Parse("MF-7K3QF-92XBT");

    public static Referral Referral(Category category = Category.Category2, ManagementLevel level = ManagementLevel.Level2) => new()
    {
        Placement = new() { Area = SamplePeople.Area, Category = category, LevelSought = level, LeadAgency = "probation" },
        Subject = new() { GivenNames = "Alex", FamilyName = "Example", DateOfBirth = new(1980, 3, 31), Ethnicity = "Not known" },
        Addresses = new() { NoFixedAddress = false, Current = "1 Made Up Street" },
        Offence = new()
        {
            IndexOffence = "Wounding",
            Summary = "Made up",
            Kind = Offence.Schedule15,
            Disposal = Disposal.Imprisonment,
            SentenceMonths = 48,
        },
        Dates = new()
        {
            Sentence = new(2025, 1, 10),
            Release = new(2027, 1, 10),
            LicenceEnd = new(2029, 1, 9),
            SentenceExpiry = category == Category.Category2 ? new(2029, 1, 9) : null,
            NotificationEnd = category is Category.Category1 or Category.Category4 ? new(2031, 6, 2) : null,
        },
        Risk = new() { ToPublic = RiskLevel.High },
        Reason = new() { BehaviourAndAttitudes = "Made up", CurrentPlan = "Made up", WhyThisLevel = "Made up" },
        Meeting = new() { CountersigningManager = "Sam Sample" },
    };

    public static DecideScreening Accept(ManagementLevel level = ManagementLevel.Level2) =>
        new() { Outcome = ScreeningOutcome.Accept, Level = level, Reasons = "It needs several agencies." };

    public static DecideScreening RequestInformation => new() { Outcome = ScreeningOutcome.RequestInformation, Reasons = "Where will they live?" };

    public static DecideScreening Refuse => new() { Outcome = ScreeningOutcome.Refuse, Reasons = "One agency is enough." };

    public static ScheduleMeeting Meeting(DateTimeOffset at) => new() { StartsAt = at, Minutes = 90, Place = "Room 1" };

    public static MeetingOutcome Outcome(CaseState state, ManagementLevel? level = null) => new()
    {
        Attendance = [.. (state.NextMeeting?.Agencies ?? [.. Agencies.Core.Select(agency => agency.Id)]).Select(id => new Attendance(id, AttendanceStatus.Present))],
        Decisions = [new("Visit weekly", "The risk is acute", "Police", new(2026, 7, 1))],
        DisclosureConsidered = true,
        DisclosureReasons = "Nobody is at particular risk.",
        Level = level ?? state.Level ?? ManagementLevel.Level2,
        LevelReasons = "As the meeting found.",
    };

    public static Level1Review Review(ManagementLevel level = ManagementLevel.Level1) => new()
    {
        Findings = "Stable",
        Contact = "Police visited",
        DisclosureConsidered = false,
        DisclosureReasons = "Nothing has changed.",
        Level = level,
        LevelReasons = "As the review found.",
    };

    public static DisclosureContent Content(string information = "That the person must not be alone with children.") => new()
    {
        Information = information,
        RecipientName = "Robin Recipient",
        RecipientContact = "01632 960000",
        RecipientRelation = "Head teacher",
        DiscloserId = SamplePeople.Manager.Id,
        Method = DisclosureMethod.InPerson,
        ReasonsFor = "Children are at risk.",
        ReasonsAgainst = "None that outweigh it.",
        Conditions = "Tell nobody else.",
        PresumptionToDisclose = false,
        SubjectInformed = true,
    };

    public static DisclosureRecord Act(DateOnly on) => new() { On = on, Method = DisclosureMethod.InPerson, RecipientUndertook = true };

    /// <summary>Changes the end of the newest sentence, seen as it stands.</summary>
    public static ChangeDate Expiry(CaseSimulation life, DateOnly to) => Change(life, CaseDate.SentenceExpiry, to);

    /// <summary>Changes a date, seen as it stands; of several of its kind that of the newest basis.</summary>
    public static ChangeDate Change(CaseSimulation life, CaseDate which, DateOnly? to)
    {
        var date = life.MaybeCase is null ? null : DateDecisions.Changeable(life.Case, life.Today).LastOrDefault(date => date.Date == which);
        return new() { Date = which, BasisId = date?.Basis?.Id, From = date?.Day, To = to, Indefinite = to is null, Reason = "The appeal court varied it." };
    }
}
