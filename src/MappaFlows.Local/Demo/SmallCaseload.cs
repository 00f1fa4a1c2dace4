namespace MappaFlows.Local.Demo;

/// <summary>
/// The small demo: cases of made-up people, each at another stage. All dates count from the day on which the store was first opened.
/// </summary>
internal static class SmallCaseload
{
    public static IReadOnlyList<DemoCase> Tell(DateOnly today)
    {
        var (casey, charlie, morgan) = (DemoPeople.Coordinator, DemoPeople.Chair, DemoPeople.ProbationManager);
        return
        [
            // Closed at its date, by the clock.
            Case("closed")
                .Referred(-130, 9, Person("Casper", "Closed", ManagementLevel.Level1, -15))
                .Accepted(-127, 10, casey, ManagementLevel.Level1)
                .At(-45, 11, morgan, _ => Review("The plan was kept. (Demo)"))
                .At(-43, 11, morgan, _ => new RecordPreExitReview { Conclusion = "Nothing more is needed. (Demo)", ConsiderCategory3 = false }),

            // Exit in three weeks, with both reviews before it done.
            Case("near-exit")
                .Referred(-205, 9, Person("Nell", "Nearly", ManagementLevel.Level1, 20))
                .Accepted(-202, 10, casey, ManagementLevel.Level1)
                .At(-163, 11, morgan, _ => new RecordPreExitReview { Conclusion = "On course. (Demo)", ConsiderCategory3 = false })
                .At(-100, 11, morgan, _ => Review("The plan is kept. (Demo)"))
                .At(-9, 11, morgan, _ => new RecordPreExitReview { Conclusion = "Category 3 is not needed. (Demo)", ConsiderCategory3 = false })
                .At(-8, 11, morgan, _ => Review("Ready for the end. (Demo)")),

            // Category 3, with an approved disclosure that waits to be made.
            Case("category-3")
                .Referred(-106, 9, Person("Cato", "Three", ManagementLevel.Level2, 700).InCategory3())
                .Accepted(-103, 10, casey, ManagementLevel.Level2)
                .Arranged(-100, -86, casey)
                .Recorded(-86, casey, "Probation visits each week.")
                .MinutesSent(-80, casey)
                .Arranged(-30, 12, casey)
                .At(-5, 10, morgan, _ => Propose("The person must not be at the allotments. (Demo)"))
                .At(-4, 9, charlie, state => new DecideDisclosure
                {
                    Number = 1,
                    Outcome = ApprovalOutcome.Approved,
                    Reasons = "Necessary and proportionate. (Demo)",
                    ContentHash = state.Disclosures[0].ContentHash,
                }),

            // A disclosure that awaits the Chair, who was reminded once.
            Case("awaits-chair")
                .Referred(-48, 9, Person("Dara", "Disclosure", ManagementLevel.Level2, 500))
                .Accepted(-45, 10, casey, ManagementLevel.Level2)
                .Arranged(-42, -28, casey)
                .Recorded(-28, casey, "A disclosure to the head teacher is prepared.")
                .MinutesSent(-24, casey)
                .Arranged(-20, 40, casey)
                .At(-1, 0, casey, _ => Propose("The person has a conviction for violence and must not be alone with pupils. (Demo)")),

            // Level 1, led by the police, without an end.
            Case("level-1-police")
                .Referred(-70, 9, Person("Ines", "Indefinite", ManagementLevel.Level1, 0).InCategory1())
                .Accepted(-66, 10, casey, ManagementLevel.Level1),

            // A meeting was held: its minutes are to go out.
            Case("minutes-due")
                .Referred(-32, 9, Person("Mina", "Minutes", ManagementLevel.Level2, 400))
                .Accepted(-29, 10, casey, ManagementLevel.Level2)
                .Arranged(-26, -7, casey)
                .Recorded(-7, casey, "Police and housing agree a safe address."),

            // A meeting stands in the calendar.
            Case("meeting-arranged")
                .Referred(-16, 9, Person("Milo", "Meeting", ManagementLevel.Level2, 900))
                .Accepted(-13, 10, casey, ManagementLevel.Level2)
                .Arranged(-12, 5, casey),

            // Not accepted.
            Case("refused")
                .Referred(-24, 9, Person("Rae", "Refused", ManagementLevel.Level2, 300))
                .At(-21, 10, casey, _ => new DecideScreening { Outcome = ScreeningOutcome.Refuse, Reasons = "One agency can manage this alone. (Demo)" }),

            // Level 3, at once.
            Case("emergency")
                .Referred(-2, 9, Person("Ellis", "Emergency", ManagementLevel.Level3, 1200).AsEmergency("Released without notice. (Demo)"))
                .Accepted(-1, 10, casey, ManagementLevel.Level3),

            // The referrer has a question to answer.
            Case("information-asked")
                .Referred(-6, 9, Person("Quinn", "Question", ManagementLevel.Level2, 800))
                .At(-2, 10, casey, _ => new DecideScreening { Outcome = ScreeningOutcome.RequestInformation, Reasons = "Where will the person live? (Demo)" }),

            // Three referrals that wait for their screening: late, due soon, and new.
            Case("screening-overdue").Referred(-15, 9, Person("Olive", "Overdue", ManagementLevel.Level2, 600)),
            Case("screening-due-soon").Referred(-6, 10, Person("Sol", "Soon", ManagementLevel.Level3, 700)),
            Case("screening-new").Referred(-1, 16, Person("Nova", "New", ManagementLevel.Level2, 1000)),

            // Another area's, which no one here sees.
            Case("dorset")
                .Referred(-40, 9, Person("Dot", "Dorset", ManagementLevel.Level1, 650).InArea("dorset"))
                .Accepted(-37, 10, DemoPeople.DorsetCoordinator, ManagementLevel.Level1),
        ];

        DemoCase Case(string key) => new($"demo-{key}", today, DemoPeople.Referrer);

        Core.Referrals.Referral Person(string givenNames, string familyName, ManagementLevel level, int daysToExpiry) =>
            DemoReferral.Of(givenNames, $"{familyName} (made up)", today, level, daysToExpiry);
    }

    private static RecordLevel1Review Review(string findings) => new(new Level1Review
    {
        Findings = findings,
        Contact = "Police and probation spoke by telephone. (Demo)",
        DisclosureConsidered = true,
        DisclosureReasons = "No one needs a disclosure. (Demo)",
        Level = ManagementLevel.Level1,
    });

    private static ProposeDisclosure Propose(string information) => new()
    {
        Content = new()
        {
            Information = information,
            RecipientName = "Robin Recipient (made up)",
            RecipientContact = "01632 960001",
            RecipientRelation = "Responsible for those at risk",
            DiscloserId = DemoPeople.ProbationManager.Id,
            Method = DisclosureMethod.InPerson,
            ReasonsFor = "Those at risk cannot protect themselves without it. (Demo)",
            ReasonsAgainst = "The person may lose their place. That weighs less. (Demo)",
            Conditions = "Not to be passed on.",
            PresumptionToDisclose = false,
            SubjectInformed = true,
        },
    };
}
