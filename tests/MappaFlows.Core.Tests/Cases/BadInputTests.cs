namespace MappaFlows.Core.Tests.Cases;

/// <summary>What is missing or wrong is said beside its field, all of it at once.</summary>
public sealed class BadInputTests
{
    private sealed record Row(string Name, string Stage, Func<CaseSimulation, CaseCommand> Command, string[] Fields);

    private static readonly Row[] Rows =
    [
        new("screening left empty", "screening", _ => new DecideScreening(), ["Outcome", "Reasons"]),
        new("acceptance without level", "screening", _ => Samples.Accept() with { Level = null }, ["Level"]),
        new("level that is none", "screening", _ => Samples.Accept() with { Level = (ManagementLevel)7 }, ["Level"]),
        new("blank answer", "asked", _ => new GiveInformation("  "), ["Answer"]),
        new("answer too long", "asked", _ => new GiveInformation(new string('a', 4001)), ["Answer"]),
        new("meeting left empty", "level 2", _ => new ScheduleMeeting(), ["StartsAt", "Minutes", "Place"]),
        new("meeting in the past", "level 2", life => SampleMeetings.At(life.Now.AddDays(-1)), ["StartsAt"]),
        new("meeting in three years", "level 2", life => SampleMeetings.At(life.Now.AddYears(3)) with { LateReason = "None" }, ["StartsAt"]),
        new("meeting of no length", "level 2", life => SampleMeetings.At(life.Now.AddDays(14)) with { Minutes = 14 }, ["Minutes"]),
        new("unknown agency", "level 2", life => SampleMeetings.At(life.Now.AddDays(14)) with { Agencies = ["circus"] }, ["Agencies"]),
        new("late without reason", "level 2", life => SampleMeetings.At(life.Now.AddDays(60)), ["LateReason"]),
        new("moved without reason", "arranged", life => new MoveMeeting { Number = 1, StartsAt = life.Now.AddDays(8), Minutes = 60, Place = "A" }, ["Reason"]),
        new("outcome left empty", "held", _ => new RecordMeeting(1, new()), ["Attendance", "Decisions", "DisclosureConsidered", "DisclosureReasons", "Level"]),
        new("meeting not begun", "arranged", life => new RecordMeeting(1, Samples.Outcome(life.Case)), [""]),
        new(
            "an agency not marked",
            "held",
            life => new RecordMeeting(1, Samples.Outcome(life.Case) with { Attendance = [new("police", AttendanceStatus.Present)] }),
            ["Attendance"]),
        new("an agency marked twice", "held", life => Twice(life), ["Attendance"]),
        new("decision without rationale", "held", life => Decided(life, new("Visit", "")), ["Decisions[0].Rationale"]),
        new("day without owner", "held", life => Decided(life, new("Visit", "Risk", null, new(2026, 7, 1))), ["Decisions[0].Owner"]),
        new("level changed without reason", "held", life => new RecordMeeting(1, Samples.Outcome(life.Case, ManagementLevel.Level3) with { LevelReasons = null }), ["LevelReasons"]),
        new("review left empty", "level 1", _ => new RecordLevel1Review(new()), ["Findings", "Contact", "DisclosureConsidered", "DisclosureReasons", "Level"]),
        new("disclosure left empty", "level 2", _ => new ProposeDisclosure(), ["Information", "RecipientName", "RecipientContact", "RecipientRelation", "DiscloserId", "Method", "ReasonsFor", "ReasonsAgainst", "PresumptionToDisclose", "SubjectInformed"]),
        new("not told without why", "level 2", _ => new ProposeDisclosure { Content = SampleDisclosures.Content() with { SubjectInformed = false } }, ["SubjectInformedReasons"]),
        new("approver who is none", "level 2", _ => new ProposeDisclosure { Content = SampleDisclosures.Content(), ApproverId = SamplePeople.Manager.Id }, ["ApproverId"]),
        new("nothing revised", "proposed", _ => new ReviseDisclosure(1, SampleDisclosures.Content()), [""]),
        new("withdrawn without reason", "proposed", _ => new WithdrawDisclosure(1, ""), ["Reason"]),
        new("decision left empty", "proposed", life => life.Decision(default) with { Outcome = null, Reasons = null }, ["Outcome", "Reasons"]),
        new("act left empty", "approved", _ => new RecordDisclosure(1, new()), ["On", "Method", "RecipientUndertook"]),
        new("told tomorrow", "approved", life => new RecordDisclosure(1, Samples.Act(life.Today.AddDays(1))), ["On"]),
        new("told before the approval", "approved", life => new RecordDisclosure(1, Samples.Act(life.Today.AddDays(-1))), ["On"]),
        new("date left empty", "level 2", _ => new ChangeDate(), ["Date", "To", "Reason"]),
        new("expiry in the past", "level 2", life => Samples.Expiry(life, life.Today.AddDays(-1)), ["To"]),
        new("expiry before the sentence", "level 2", life => Samples.Expiry(life, new(2024, 1, 1)), ["To", "To"]),
        new("expiry as it is", "level 2", life => Samples.Expiry(life, new(2029, 1, 9)), ["To"]),
        new("expiry in two hundred years", "level 2", life => Samples.Expiry(life, life.Today.AddYears(200)), ["To"]),
        new("sentence without end", "level 2", life => Samples.Expiry(life, default) with { To = null, Indefinite = true }, ["Indefinite"]),
        new("date and no date", "level 2", life => Samples.Expiry(life, new(2030, 1, 1)) with { Indefinite = true }, ["To", "Indefinite"]),
        new("date of a basis that there is none of", "level 2", life => Samples.Expiry(life, new(2030, 1, 1)) with { BasisId = "9" }, ["BasisId"]),
        new("date of the case with a basis", "level 2", life => Samples.Change(life, CaseDate.Release, new(2027, 3, 1)) with { BasisId = "1" }, ["BasisId"]),
        new("date of no basis", "level 2", _ => new ChangeDate { Date = CaseDate.NotificationEnd, To = new(2030, 1, 1), Reason = "None" }, ["Date"]),
        new("basis left empty", "level 2", _ => new AddEligibility(), ["Category", "StartsOn", "EndsOn", "Reason"]),
        new("basis that has ended", "level 2", life => Basis(Category.Category2) with { EndsOn = life.Today.AddDays(-1) }, ["EndsOn"]),
        new("basis yet to begin", "level 2", life => Basis(Category.Category2) with { StartsOn = life.Today.AddDays(1) }, ["StartsOn"]),
        new("endless Category 3", "level 2", _ => Basis(Category.Category3) with { EndsOn = null, Indefinite = true }, ["EndsOn", "Indefinite"]),
        new("Category 3 with an end", "level 2", _ => Basis(Category.Category3), ["EndsOn"]),
        new("Category 3 at level 1", "level 1", _ => Basis(Category.Category3) with { EndsOn = null }, ["Category"]),
        new("review before exit left empty", "near exit", _ => new RecordPreExitReview(), ["Conclusion", "ConsiderCategory3"]),
        new("exit left empty", "level 2", _ => new DecideExit(), ["Reason", "LastDay", "Reasons"]),
        new("exit before its date", "level 2", life => Exit(life) with { Reason = ExitReason.SentenceExpired }, ["Reason"]),
        new("exit of Category 3 in Category 2", "level 2", life => Exit(life) with { Reason = ExitReason.MeetingsNoLongerNeeded }, ["Reason"]),
        new("licence that ends before the release", "level 2", life => Samples.Change(life, CaseDate.LicenceEnd, new(2027, 1, 9)), ["To"]),
        new("release after the licence ends", "level 2", life => Samples.Change(life, CaseDate.Release, new(2029, 1, 10)), ["To", "To"]),
        new("release in the year 0226", "level 2", life => Samples.Change(life, CaseDate.Release, new(226, 1, 10)), ["To", "To"]),
        new("expiry before the release", "level 2", life => Samples.Expiry(life, new(2027, 1, 9)), ["To"]),
        new("basis before birth", "level 2", _ => Basis(Category.Category2) with { StartsOn = new(1979, 1, 1) }, ["StartsOn"]),
        new("basis in the year 0226", "level 2", _ => Basis(Category.Category2) with { StartsOn = new(226, 1, 1) }, ["StartsOn"]),
        new("action before its meeting", "held", life => Decided(life, new("Visit", "Risk", "Police", new(2020, 1, 1))), ["Decisions[0].DueOn"]),
        new("action in eleven years", "held", life => Decided(life, new("Visit", "Risk", "Police", life.Today.AddYears(11))), ["Decisions[0].DueOn"]),
        new("place of two lines", "level 2", life => SampleMeetings.At(life.Now.AddDays(14)) with { Place = "Room 1\nCancelled" }, ["Place"]),
        new("place with a bell", "level 2", life => SampleMeetings.At(life.Now.AddDays(14)) with { Place = "Room \u0007" }, ["Place"]),
        new(
            "lay adviser as the discloser",
            "level 2",
            _ => new ProposeDisclosure { Content = SampleDisclosures.Content() with { DiscloserId = SamplePeople.LayAdviser.Id } },
            ["DiscloserId"]),
        new("exit tomorrow", "level 2", life => Exit(life) with { LastDay = life.Today.AddDays(1) }, ["LastDay"]),
        new("exit before the acceptance", "level 2", life => Exit(life) with { LastDay = life.Today.AddDays(-1) }, ["LastDay"]),
    ];

    public static TheoryData<string> Names() => [.. Rows.Select(row => row.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Each_problem_names_its_field(string name)
    {
        var row = Rows.Single(row => row.Name == name);
        var life = CommandTable.At(row.Stage);
        var command = row.Command(life);

        var refused = life.Refuses(SamplePeople.Named(CommandTable.Actor(command.GetType().Name)), command);

        Assert.Equal(RefusalKind.Invalid, refused.Kind);
        Assert.Equal(row.Fields.Order(), refused.Problems.Select(problem => problem.Field).Order());
    }

    private static RecordMeeting Decided(CaseSimulation life, MeetingDecision decision) =>
        new(1, Samples.Outcome(life.Case) with { Decisions = [decision] });

    private static RecordMeeting Twice(CaseSimulation life)
    {
        var outcome = Samples.Outcome(life.Case);
        return new(1, outcome with { Attendance = [.. outcome.Attendance, outcome.Attendance[0]] });
    }

    private static AddEligibility Basis(Category category) =>
        new() { Category = category, StartsOn = new(2026, 1, 1), EndsOn = new(2033, 1, 1), Reason = "New." };

    private static DecideExit Exit(CaseSimulation life) => new() { Reason = ExitReason.Death, LastDay = life.Today, Reasons = "Seen." };
}
