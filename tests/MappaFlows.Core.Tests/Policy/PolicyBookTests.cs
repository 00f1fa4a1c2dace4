using MappaFlows.Core.Data;

namespace MappaFlows.Core.Tests.Policy;

public class PolicyBookTests
{
    private static readonly DateOnly Day = new(2026, 6, 3);

    private const string Hampshire = """
        {
          "area": "hampshire",
          "clocks": [
            {
              "id": "screening-decision",
              "editions": [
                { "edition": "2026-07", "from": "2026-07-01", "amount": 3, "unit": "workingDays", "direction": "after", "source": "Board paper 12." },
                { "edition": "2027-01", "from": "2027-01-01", "amount": 48, "unit": "hours", "direction": "after", "source": "Board paper 31." }
              ]
            }
          ],
          "targets": [
            {
              "id": "attendance-level-2",
              "editions": [ { "edition": "2026-07", "from": "2026-07-01", "amount": 85, "unit": "percent", "source": "Board paper 12." } ]
            }
          ]
        }
        """;

    /// <summary>The whole table of the domain page, row by row.</summary>
    public static TheoryData<string, int, ClockUnit, ClockDirection, string> Table => new()
    {
        { ClockIds.InitialNotification, 3, ClockUnit.CalendarDays, ClockDirection.After, "unconfirmed" },
        { ClockIds.LevelSetBeforeRelease, 6, ClockUnit.Months, ClockDirection.Before, "unconfirmed" },
        { ClockIds.ScreeningDecision, 5, ClockUnit.WorkingDays, ClockDirection.After, "projectDefault" },
        { ClockIds.ScreeningReminder, 1, ClockUnit.WorkingDays, ClockDirection.Before, "projectDefault" },
        { ClockIds.FirstMeetingLevel2, 20, ClockUnit.WorkingDays, ClockDirection.After, "unconfirmed" },
        { ClockIds.FirstMeetingLevel3, 10, ClockUnit.WorkingDays, ClockDirection.After, "unconfirmed" },
        { ClockIds.FirstMeetingLevel3Emergency, 5, ClockUnit.WorkingDays, ClockDirection.After, "unconfirmed" },
        { ClockIds.ReviewLevel2, 16, ClockUnit.Weeks, ClockDirection.After, "unconfirmed" },
        { ClockIds.ReviewLevel3, 8, ClockUnit.Weeks, ClockDirection.After, "unconfirmed" },
        { ClockIds.ReviewLevel1Probation, 16, ClockUnit.Weeks, ClockDirection.After, "unconfirmed" },
        { ClockIds.ReviewLevel1Police, 12, ClockUnit.Months, ClockDirection.After, "unconfirmed" },
        { ClockIds.MeetingInvitations, 10, ClockUnit.WorkingDays, ClockDirection.Before, "projectDefault" },
        { ClockIds.MinutesLevel2, 10, ClockUnit.WorkingDays, ClockDirection.After, "unconfirmed" },
        { ClockIds.MinutesLevel3, 5, ClockUnit.WorkingDays, ClockDirection.After, "unconfirmed" },
        { ClockIds.MeetingActions, 2, ClockUnit.WorkingDays, ClockDirection.After, "projectDefault" },
        { ClockIds.MinutesReminder, 1, ClockUnit.WorkingDays, ClockDirection.Before, "projectDefault" },
        { ClockIds.MeetingRecord, 2, ClockUnit.WorkingDays, ClockDirection.After, "projectDefault" },
        { ClockIds.ReviewReminder, 20, ClockUnit.WorkingDays, ClockDirection.Before, "projectDefault" },
        { ClockIds.ApprovalReminder, 24, ClockUnit.Hours, ClockDirection.After, "projectDefault" },
        { ClockIds.ApprovalEscalation, 48, ClockUnit.Hours, ClockDirection.After, "projectDefault" },
        { ClockIds.ApprovalLapse, 72, ClockUnit.Hours, ClockDirection.After, "projectDefault" },
        { ClockIds.DisclosureLastDay, 28, ClockUnit.CalendarDays, ClockDirection.After, "projectDefault" },
        { ClockIds.DisclosureReminder, 5, ClockUnit.WorkingDays, ClockDirection.Before, "projectDefault" },
        { ClockIds.DisclosureEscalation, 2, ClockUnit.WorkingDays, ClockDirection.Before, "projectDefault" },
        { ClockIds.DisclosureRevision, 5, ClockUnit.WorkingDays, ClockDirection.After, "projectDefault" },
        { ClockIds.DisclosureRevisionReminder, 1, ClockUnit.WorkingDays, ClockDirection.Before, "projectDefault" },
        { ClockIds.EscalationFirstRepeat, 5, ClockUnit.WorkingDays, ClockDirection.After, "projectDefault" },
        { ClockIds.EscalationRepeat, 1, ClockUnit.Months, ClockDirection.After, "projectDefault" },
        { ClockIds.ClosingWarning, 14, ClockUnit.CalendarDays, ClockDirection.Before, "projectDefault" },
        { ClockIds.PreExitFirst, 6, ClockUnit.Months, ClockDirection.Before, "projectDefault" },
        { ClockIds.PreExitSecond, 28, ClockUnit.CalendarDays, ClockDirection.Before, "projectDefault" },
        { ClockIds.IndefiniteReviewAdult, 15, ClockUnit.Years, ClockDirection.After, "published" },
        { ClockIds.IndefiniteReviewUnder18, 8, ClockUnit.Years, ClockDirection.After, "published" },
        { ClockIds.IndefiniteReviewFurther, 8, ClockUnit.Years, ClockDirection.After, "published" },
        { ClockIds.IndefiniteReviewDecision, 12, ClockUnit.Weeks, ClockDirection.After, "published" },
        { ClockIds.VictimLiaisonContact, 8, ClockUnit.Weeks, ClockDirection.After, "published" },
        { ClockIds.RecallEmergency, 2, ClockUnit.Hours, ClockDirection.After, "superseded" },
        { ClockIds.RecallStandard, 24, ClockUnit.Hours, ClockDirection.After, "superseded" },
        { ClockIds.PoliceNotificationFirst, 3, ClockUnit.CalendarDays, ClockDirection.BeginningWith, "published" },
        { ClockIds.PoliceNotificationChange, 3, ClockUnit.CalendarDays, ClockDirection.BeginningWith, "unconfirmed" },
        { ClockIds.PoliceNotificationYearly, 12, ClockUnit.Months, ClockDirection.After, "unconfirmed" },
        { ClockIds.PoliceNotificationNoFixedAddress, 7, ClockUnit.CalendarDays, ClockDirection.After, "unconfirmed" },
        { ClockIds.SeriousFurtherOffenceNotification, 5, ClockUnit.CalendarDays, ClockDirection.After, "superseded" },
        { ClockIds.SeriousCaseReviewWindow, 28, ClockUnit.CalendarDays, ClockDirection.After, "unconfirmed" },
        { ClockIds.ChildSchemeFirstChecks, 24, ClockUnit.Hours, ClockDirection.After, "published" },
        { ClockIds.ChildSchemeFaceToFace, 10, ClockUnit.CalendarDays, ClockDirection.After, "published" },
        { ClockIds.ChildSchemeDecision, 28, ClockUnit.CalendarDays, ClockDirection.After, "published" },
        { ClockIds.DomesticSchemeFirstReview, 24, ClockUnit.Hours, ClockDirection.After, "published" },
        { ClockIds.DomesticSchemeFaceToFace, 10, ClockUnit.WorkingDays, ClockDirection.After, "published" },
        { ClockIds.DomesticSchemeDecision, 28, ClockUnit.CalendarDays, ClockDirection.After, "published" },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public void Each_clock_has_its_default_length_and_confidence(
        string id, int amount, ClockUnit unit, ClockDirection direction, string confidence)
    {
        var rule = PolicyBook.Default.Clock(id, "hampshire", Day);

        Assert.Equal(new ClockLength(amount, unit, direction), rule.Length);
        Assert.Equal(confidence, rule.Confidence);
        Assert.Null(rule.Area);
        Assert.NotEmpty(rule.Title);
        Assert.NotEmpty(rule.StartEvent);
        Assert.EndsWith(".", rule.Source);
    }

    [Fact]
    public void Every_clock_is_in_the_table_once() =>
        Assert.Equal(ClockIds.All.Order(), Table.Select(row => row.Data.Item1).Order());

    [Theory]
    [InlineData(TargetIds.AttendanceLevel2, 75, TargetUnit.Percent, "unconfirmed")]
    [InlineData(TargetIds.AttendanceLevel3, 90, TargetUnit.Percent, "unconfirmed")]
    [InlineData(TargetIds.BoardMeetings, 3, TargetUnit.TimesAYear, "superseded")]
    public void Each_target_has_its_default_and_confidence(string id, int amount, TargetUnit unit, string confidence)
    {
        var rule = PolicyBook.Default.Target(id, "hampshire", Day);

        Assert.Equal((amount, unit, confidence), (rule.Amount, rule.Unit, rule.Confidence));
    }

    [Fact]
    public void The_whole_policy_of_an_area_can_be_shown_in_order()
    {
        Assert.Equal(ClockIds.All, PolicyBook.Default.Clocks("kent", Day).Select(c => c.Id));
        Assert.Equal(TargetIds.All, PolicyBook.Default.Targets("kent", Day).Select(t => t.Id));
    }

    [Theory]
    [InlineData("1999-01-01", 7)] // an old start still has a rule: the first one
    [InlineData("2019-12-31", 7)]
    [InlineData("2020-01-01", 9)]
    public void The_edition_of_the_day_holds_and_the_first_one_for_all_days_before_it(string on, int amount)
    {
        var book = PolicyBook.Parse(WithAreas("").Replace(Edition2020, $"{Edition2020}, {Edition2010}"));

        Assert.Equal(amount, book.Clock(ClockIds.ScreeningDecision, "kent", DateOnly.Parse(on)).Length.Amount);
    }

    [Fact]
    public void An_unknown_clock_or_target_is_an_error()
    {
        Assert.Throws<ArgumentException>(() => PolicyBook.Default.Clock("tea-break", "kent", Day));
        Assert.Throws<ArgumentException>(() => PolicyBook.Default.Target("tea-break", "kent", Day));
    }

    [Theory]
    [InlineData("hampshire", "2026-06-30", 5, ClockUnit.WorkingDays, null)]
    [InlineData("hampshire", "2026-07-01", 3, ClockUnit.WorkingDays, "hampshire")]
    [InlineData("HAMPSHIRE", "2026-12-31", 3, ClockUnit.WorkingDays, "hampshire")]
    [InlineData("hampshire", "2027-01-01", 48, ClockUnit.Hours, "hampshire")]
    [InlineData("kent", "2027-01-01", 5, ClockUnit.WorkingDays, null)]
    public void An_area_s_own_edition_holds_from_its_day_and_for_that_area_only(
        string area, string on, int amount, ClockUnit unit, string? owner)
    {
        var book = PolicyBook.Default.WithArea(Hampshire);

        var rule = book.Clock(ClockIds.ScreeningDecision, area, DateOnly.Parse(on));

        Assert.Equal((amount, unit, owner), (rule.Length.Amount, rule.Length.Unit, rule.Area));
        Assert.Equal("Screening decision", rule.Title);
        Assert.Equal("the referral was received", rule.StartEvent);
    }

    [Fact]
    public void An_area_s_own_figure_is_marked_as_set_by_the_area()
    {
        var book = PolicyBook.Default.WithArea(Hampshire);

        Assert.Equal("area", book.Clock(ClockIds.ScreeningDecision, "hampshire", new(2026, 8, 1)).Confidence);
        Assert.Equal(85, book.Target(TargetIds.AttendanceLevel2, "hampshire", new(2026, 8, 1)).Amount);
        Assert.Equal(75, book.Target(TargetIds.AttendanceLevel2, "kent", new(2026, 8, 1)).Amount);
    }

    [Fact]
    public void An_area_s_policy_leaves_the_book_it_was_put_on_as_it_was()
    {
        PolicyBook.Default.WithArea(Hampshire);

        Assert.Null(PolicyBook.Default.Clock(ClockIds.ScreeningDecision, "hampshire", new(2026, 8, 1)).Area);
    }

    [Fact]
    public void An_area_s_policy_that_is_read_again_replaces_the_one_before()
    {
        var book = PolicyBook.Default.WithArea(Hampshire).WithArea("""{ "area": "hampshire" }""");

        Assert.Null(book.Clock(ClockIds.ScreeningDecision, "hampshire", new(2026, 8, 1)).Area);
    }

    [Fact]
    public void Two_areas_have_each_their_own_policy()
    {
        var book = PolicyBook.Default.WithArea(Hampshire).WithArea(Hampshire.Replace("hampshire", "kent").Replace("\"amount\": 3", "\"amount\": 4"));

        Assert.Equal(3, book.Clock(ClockIds.ScreeningDecision, "hampshire", new(2026, 8, 1)).Length.Amount);
        Assert.Equal(4, book.Clock(ClockIds.ScreeningDecision, "kent", new(2026, 8, 1)).Length.Amount);
    }

    [Fact]
    public void A_policy_can_hold_the_areas_own_policies()
    {
        var book = PolicyBook.Parse(WithAreas(Hampshire));

        Assert.Equal("hampshire", book.Clock(ClockIds.ScreeningDecision, "hampshire", new(2026, 8, 1)).Area);
        Assert.Null(book.Clock(ClockIds.ScreeningDecision, "kent", new(2026, 8, 1)).Area);
    }

    [Fact]
    public void An_area_that_is_in_a_policy_twice_is_refused()
    {
        var error = Assert.Throws<DataFileException>(() => PolicyBook.Parse(WithAreas("""{ "area": "kent" }, { "area": "Kent" }""")));

        Assert.Equal(["The area kent is there twice."], error.Problems);
    }

    private const string Edition2010 = """{ "edition": "d", "from": "2010-01-01", "amount": 7, "unit": "weeks", "confidence": "projectDefault", "source": "s" }""";

    private const string Edition2020 = """{ "edition": "e", "from": "2020-01-01", "amount": 9, "unit": "weeks", "confidence": "projectDefault", "source": "s" }""";

    /// <summary>A policy with every clock and target, and these areas' own policies.</summary>
    private static string WithAreas(string areas)
    {
        var clocks = ClockIds.All.Select(id =>
            $$"""{ "id": "{{id}}", "title": "t", "startEvent": "s", "editions": [ {{Edition2020}} ] }""");
        var targets = TargetIds.All.Select(id =>
            $$"""{ "id": "{{id}}", "title": "t", "editions": [ { "edition": "e", "from": "2020-01-01", "amount": 9, "unit": "percent", "confidence": "projectDefault", "source": "s" } ] }""");
        return $$"""{ "clocks": [ {{string.Join(",", clocks)}} ], "targets": [ {{string.Join(",", targets)}} ], "areas": [ {{areas}} ] }""";
    }

    [Fact]
    public void An_unfinished_policy_is_refused_and_everything_that_is_missing_is_named()
    {
        var error = Assert.Throws<DataFileException>(() => PolicyBook.Parse("{ }"));

        Assert.Equal(ClockIds.All.Count + TargetIds.All.Count, error.Problems.Count);
        Assert.Contains("The clock screening-decision is missing.", error.Problems);
        Assert.Contains("The target board-meetings is missing.", error.Problems);
    }

    [Theory]
    [InlineData("\"amount\": 3,", "\"amount\": 0,", "The clock screening-decision of hampshire, edition 2026-07 needs an amount from 1 to 1000.")]
    [InlineData("\"amount\": 3,", "", "The clock screening-decision of hampshire, edition 2026-07 needs an amount from 1 to 1000.")]
    [InlineData("\"amount\": 85", "\"amount\": 101", "The target attendance-level-2 of hampshire, edition 2026-07 has an amount over 100 percent.")]
    [InlineData("\"from\": \"2027-01-01\"", "\"from\": \"2026-07-01\"", "The clock screening-decision of hampshire has more than one edition from 2026-07-01.")]
    [InlineData("\"from\": \"2027-01-01\",", "", "The clock screening-decision of hampshire, edition 2027-01 has no day from which it is in force.")]
    [InlineData("\"unit\": \"hours\",", "", "The clock screening-decision of hampshire, edition 2027-01 has no unit.")]
    [InlineData("\"unit\": \"percent\",", "", "The target attendance-level-2 of hampshire, edition 2026-07 has no unit.")]
    [InlineData("\"edition\": \"2027-01\"", "\"edition\": \" \"", "The clock screening-decision of hampshire has an edition without a name.")]
    [InlineData("\"source\": \"Board paper 31.\"", "\"source\": \"\"", "The clock screening-decision of hampshire, edition 2027-01 has no source.")]
    [InlineData("\"source\": \"Board paper 31.\"", "\"source\": \"x\", \"confidence\": \"published\"", "The clock screening-decision of hampshire, edition 2027-01 needs a confidence, which is one of: area.")]
    [InlineData("\"id\": \"screening-decision\"", "\"id\": \"screening\"", "There is no clock \"screening\".")]
    [InlineData("\"id\": \"screening-decision\",", "", "A clock has no id.")]
    [InlineData("\"id\": \"attendance-level-2\"", "\"id\": \"attendance\"", "There is no target \"attendance\".")]
    [InlineData("\"area\": \"hampshire\"", "\"area\": \"narnia\"", "There is no area \"narnia\".")]
    [InlineData("\"area\": \"hampshire\",", "", "There is no area \"\".")]
    public void A_mistake_in_an_area_s_policy_is_named_in_its_place(string was, string becomes, string problem)
    {
        Assert.Contains(was, Hampshire);

        var error = Assert.Throws<DataFileException>(() => PolicyBook.Default.WithArea(Hampshire.Replace(was, becomes)));

        Assert.Equal([problem], error.Problems);
        Assert.Equal($"The area's policy cannot be used. {problem}", error.Message);
    }

    [Theory]
    [InlineData("\"unit\": \"hours\"", "\"unit\": \"fortnights\"")]
    [InlineData("\"unit\": \"hours\"", "\"unit\": 0")]
    [InlineData("\"from\": \"2027-01-01\"", "\"from\": \"2027-02-30\"")]
    [InlineData("\"amount\": 3,", "\"amount\": \"three\",")]
    [InlineData("\"amount\": 3,", "\"amount\": 3.5,")]
    [InlineData("\"amount\": 3,", "\"amount\": 3, \"amount\": 4,")]
    [InlineData("\"amount\": 3,", "\"amuont\": 3,")]
    public void A_value_that_cannot_be_read_is_refused_with_its_line(string was, string becomes)
    {
        Assert.Contains(was, Hampshire);

        var error = Assert.Throws<DataFileException>(() => PolicyBook.Default.WithArea(Hampshire.Replace(was, becomes)));

        Assert.Matches(@"^The name or value at \$\.clocks\[0\]\.editions\[\d\](\.\w+)?, line \d+, cannot be read\.$", Assert.Single(error.Problems));
    }

    [Fact]
    public void A_clock_or_target_that_is_there_twice_is_refused()
    {
        var clocks = """{ "id": "review-level-2", "editions": [ { "edition": "e", "from": "2026-01-01", "amount": 1, "unit": "weeks", "source": "s" } ] }""";
        var targets = """{ "id": "board-meetings", "editions": [ { "edition": "e", "from": "2026-01-01", "amount": 1, "unit": "timesAYear", "source": "s" } ] }""";

        var error = Assert.Throws<DataFileException>(() => PolicyBook.Default.WithArea(
            $$"""{ "area": "kent", "clocks": [ {{clocks}}, {{clocks}} ], "targets": [ {{targets}}, {{targets}} ] }"""));

        Assert.Equal(["The clock review-level-2 of kent is there twice.", "The target board-meetings of kent is there twice."], error.Problems);
    }

    [Fact]
    public void A_clock_without_editions_is_refused()
    {
        var error = Assert.Throws<DataFileException>(() => PolicyBook.Default.WithArea(
            """{ "area": "kent", "clocks": [ { "id": "review-level-2", "editions": [] } ] }"""));

        Assert.Equal(["The clock review-level-2 of kent has no editions."], error.Problems);
    }

    [Fact]
    public void An_empty_entry_is_refused_and_named()
    {
        var error = Assert.Throws<DataFileException>(() => PolicyBook.Default.WithArea(
            """{ "area": "kent", "clocks": [ null, { "id": "review-level-2", "editions": [ null ] } ], "targets": null }"""));

        Assert.Equal(
            ["There is nothing at clocks, entry 1.", "There is nothing at editions, entry 1.", "There is nothing at targets."],
            error.Problems);
    }

    [Fact]
    public void A_comment_in_a_policy_does_no_harm() =>
        Assert.NotNull(PolicyBook.Default.WithArea("""
            {
              // Agreed by the board.
              "area": "kent",
            }
            """));

    [Theory]
    [MemberData(nameof(Confidences))]
    public void Every_source_confidence_has_a_label(string confidence) => Assert.NotEmpty(SourceConfidence.Describe(confidence));

    public static TheoryData<string> Confidences => [.. SourceConfidence.All];

    [Fact]
    public void Unknown_source_confidence_throws() => Assert.Throws<ArgumentOutOfRangeException>(() => SourceConfidence.Describe("X"));
}
