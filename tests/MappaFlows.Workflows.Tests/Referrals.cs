namespace MappaFlows.Workflows.Tests;

/// <summary>Complete things to say, about a person whose name occurs nowhere else.</summary>
public static class Referrals
{
    public const string GivenNames = "Zebedee";

    public const string FamilyName = "Quillfeather";

    public static DateOnly SentenceExpiry { get; } = new(2031, 3, 14);

    public static Referral Category2(DateOnly? sentenceExpiry = null) => new()
    {
        Placement = new() { Area = SamplePeople.Area, Category = Category.Category2, LevelSought = ManagementLevel.Level2, LeadAgency = "probation" },
        Subject = new() { GivenNames = GivenNames, FamilyName = FamilyName, DateOfBirth = new(1980, 2, 29), Ethnicity = "Not known" },
        Addresses = new() { NoFixedAddress = false, Current = "1 Nowhere Lane, Testham" },
        Offence = new()
        {
            IndexOffence = "Wounding with intent",
            Kind = Offence.Schedule15,
            Disposal = Disposal.Imprisonment,
            SentenceMonths = 60,
            Summary = "Used a weapon.",
        },
        Dates = new() { Sentence = new(2026, 3, 15), SentenceExpiry = sentenceExpiry ?? SentenceExpiry },
        Risk = new() { ToPublic = RiskLevel.High },
        Reason = new() { BehaviourAndAttitudes = "Minimises the offence.", CurrentPlan = "Weekly supervision.", WhyThisLevel = "Several agencies are needed." },
        Meeting = new() { CountersigningManager = "Test Countersigner" },
    };

    public static Referral Category1(DateOnly notificationEnd) => Category2() with
    {
        Placement = new() { Area = SamplePeople.Area, Category = Category.Category1, LevelSought = ManagementLevel.Level1, LeadAgency = "probation" },
        Dates = new() { Sentence = new(2026, 3, 15), NotificationEnd = notificationEnd },
    };

    public static Referral Category3() => Category2() with
    {
        Placement = new() { Area = SamplePeople.Area, Category = Category.Category3, LevelSought = ManagementLevel.Level2, LeadAgency = "probation" },
        Dates = new() { Sentence = new(2026, 3, 15) },
    };

    public static DisclosureContent Content(string information = "The person must not be alone with children.") => new()
    {
        Information = information,
        RecipientName = "Head teacher",
        RecipientContact = "By telephone at the school",
        RecipientRelation = "Responsible for the children at risk",
        DiscloserId = SamplePeople.Manager.Id,
        Method = DisclosureMethod.InPerson,
        ReasonsFor = "It is necessary to protect the children.",
        ReasonsAgainst = "It may cost the person the job.",
        PresumptionToDisclose = false,
        SubjectInformed = true,
    };

    public static MeetingOutcome Outcome(Meeting meeting, ManagementLevel level) => new()
    {
        Attendance = [.. meeting.Agencies.Select(agency => new Attendance(agency, AttendanceStatus.Present))],
        Decisions = [new("Visit weekly", "The risk is highest in the first months", "Probation", null)],
        DisclosureConsidered = true,
        DisclosureReasons = "Nobody is at risk who does not know.",
        Level = level,
        LevelReasons = "As decided.",
    };
}
