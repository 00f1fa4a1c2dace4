namespace MappaFlows.Workflows.Tests.Reactions;

/// <summary>What follows from each event: who gets which email, and which orchestration starts or wakes.</summary>
public sealed class ReactionTests(ReactionTests.ManagedCase managed) : IClassFixture<ReactionTests.ManagedCase>
{
    private const string Invited = "an email to every agency that is invited: ";

    /// <summary>A row for each event, in some a row for each of its kinds.</summary>
    private static readonly Dictionary<string, (CaseEvent Happened, string[] Follows)> Rows = new()
    {
        ["ReferralSubmitted"] = (new ReferralSubmitted(CaseReference.For("someone", "key"), SampleReferrals.Category2()), ["start CaseLifecycle {ref}", "ReferralReceived to casey-coordinator"]),
        ["InformationRequested"] = (new InformationRequested("Why?"), ["wake {ref}-screening", "InformationRequested to riley-referrer"]),
        ["InformationGiven"] = (new InformationGiven("So."), ["wake {ref}-screening", "InformationGiven to casey-coordinator"]),
        ["ReferralAccepted"] = (
            new ReferralAccepted(ManagementLevel.Level2, "Needed.", []),
            ["wake {ref}-screening", "ReferralAccepted to riley-referrer", "CaseToLead to morgan-manager"]),
        ["ReferralRefused"] = (new ReferralRefused("Not needed."), ["wake {ref}-screening", "ReferralRefused to riley-referrer"]),
        ["MeetingScheduled"] = (
            new MeetingScheduled(1, ManagementLevel.Level2, Product.Start, 60, "Room 1", [], null),
            ["wake {ref}-review", Invited + "MeetingInvitation about 1"]),
        ["MeetingMoved"] = (new MeetingMoved(1, Product.Start, 60, "Room 1", "Moved."), ["wake {ref}-review", Invited + "MeetingMoved about 1"]),
        ["MeetingRecorded"] = (new MeetingRecorded(1, new()), ["wake {ref}-review"]),
        ["MinutesSent"] = (new MinutesSent(1), ["wake {ref}-review", Invited + "MinutesSent about 1"]),
        ["Level1ReviewRecorded"] = (new Level1ReviewRecorded(1, new()), ["wake {ref}-review"]),
        ["LevelChanged"] = (
            new LevelChanged(ManagementLevel.Level2, ManagementLevel.Level3, "Needed."),
            ["wake {ref}-review", "LevelChanged to morgan-manager"]),
        ["DisclosureProposed"] = (
            new DisclosureProposed(1, SampleDisclosures.Content(), "hash", SamplePeople.Chair.Id, SamplePeople.Deputy.Id),
            ["start DisclosureApproval {ref}-disclosure-1-1", "ApprovalRequested to charlie-chair about 1, request 1"]),
        ["DisclosureRevised"] = (
            new DisclosureRevised(2, SampleDisclosures.Content(), "hash"),
            ["wake {ref}-disclosure-2-1", "wake {ref}-disclosure-2-1-after", "start DisclosureApproval {ref}-disclosure-2-2", "ApprovalRequested to charlie-chair about 2, request 2"]),
        ["DisclosureWithdrawn"] = (
            new DisclosureWithdrawn(2, "Not needed."),
            ["wake {ref}-disclosure-2-2", "wake {ref}-disclosure-2-2-after", "DisclosureWithdrawn to charlie-chair about 2, request 2"]),
        ["DisclosureDecided: approved"] = (
            Decided(ApprovalOutcome.Approved),
            ["wake {ref}-disclosure-1-1", "start DisclosureFollowUp {ref}-disclosure-1-1-after", "DisclosureToMake to morgan-manager about 1, request 1", "DisclosureApproved to casey-coordinator about 1, request 1"]),
        ["DisclosureDecided: refused"] = (
            Decided(ApprovalOutcome.Refused),
            ["wake {ref}-disclosure-1-1", "DisclosureRefused to casey-coordinator about 1, request 1"]),
        ["DisclosureDecided: change requested"] = (
            Decided(ApprovalOutcome.ChangeRequested),
            ["wake {ref}-disclosure-1-1", "start DisclosureFollowUp {ref}-disclosure-1-1-after", "DisclosureChangeRequested to casey-coordinator about 1, request 1"]),
        ["DisclosureMade"] = (
            new DisclosureMade(1, new()),
            ["wake {ref}-disclosure-1-1-after", "DisclosureMade to charlie-chair about 1, request 1", "DisclosureMade to casey-coordinator about 1, request 1"]),
        ["DisclosureMade: otherwise than approved"] = (
            new DisclosureMade(1, new(), [DisclosureDifference.NoUndertaking]),
            ["wake {ref}-disclosure-1-1-after", "DisclosureMadeOtherwise to charlie-chair about 1, request 1", "DisclosureMade to casey-coordinator about 1, request 1"]),
        ["ApprovalEnded"] = (
            new ApprovalEnded(1, new(2026, 7, 1)),
            ["DisclosureApprovalEnded to morgan-manager about 1, request 1", "DisclosureApprovalEnded to casey-coordinator about 1, request 1",
                "DisclosureApprovalEnded to charlie-chair about 1, request 1"]),
        ["ApprovalRevoked"] = (
            new ApprovalRevoked(1, "Changed."),
            ["wake {ref}-disclosure-1-1-after", "DisclosureApprovalRevoked to morgan-manager about 1, request 1",
                "DisclosureApprovalRevoked to casey-coordinator about 1, request 1", "DisclosureApprovalRevoked to charlie-chair about 1, request 1"]),
        ["DiscloserReplaced: by the approver"] = (
            new DiscloserReplaced(1, SamplePeople.Referrer.Id, SamplePeople.Manager.Id, "Ill.", AsksAgain: false),
            ["DisclosureNoLongerYours to riley-referrer", "DisclosureToMake to morgan-manager about 1, request 1",
                "DisclosureOtherDiscloser to casey-coordinator about 1, request 1"]),
        ["DiscloserReplaced: asks again"] = (
            new DiscloserReplaced(1, SamplePeople.Referrer.Id, SamplePeople.Manager.Id, "Ill.", AsksAgain: true),
            ["DisclosureNoLongerYours to riley-referrer"]),
        ["reminded: MakeDisclosure"] = (
            Reminded(DisclosureObligations.MakeDisclosure), ["DisclosureToMakeReminder to morgan-manager about 1, request 1"]),
        ["escalated: MakeDisclosure"] = (
            Escalated(DisclosureObligations.MakeDisclosure),
            ["DisclosureNotMadeYet to morgan-manager about 1, request 1", "DisclosureNotMadeYet to charlie-chair about 1, request 1",
                "DisclosureNotMadeYet to casey-coordinator about 1, request 1"]),
        ["reminded: ReviseDisclosure"] = (
            Reminded(DisclosureObligations.ReviseDisclosure), ["DisclosureToReviseReminder to casey-coordinator about 1, request 1"]),
        ["escalated: ReviseDisclosure"] = (
            Escalated(DisclosureObligations.ReviseDisclosure), ["DisclosureToReviseOverdue to casey-coordinator about 1, request 1"]),
        ["ApprovalLinkIssued"] = (new ApprovalLinkIssued(1, 1, "hash", SamplePeople.Chair.Id, Product.Start), []),
        ["ApprovalAttemptRefused"] = (new ApprovalAttemptRefused(1, "Wrong person."), []),
        ["reminded: DecideDisclosure"] = (Reminded(DisclosureObligations.DecideDisclosure), ["ApprovalReminder to charlie-chair about 1, request 1"]),
        ["escalated: DecideDisclosure"] = (Escalated(DisclosureObligations.DecideDisclosure), ["ApprovalEscalated to devon-deputy about 1, request 1"]),
        ["ApprovalLapsed"] = (new ApprovalLapsed(1), ["start DisclosureFollowUp {ref}-disclosure-1-1-after", "ApprovalLapsed to casey-coordinator about 1, request 1"]),
        ["DateChanged"] = (
            new DateChanged(CaseDate.Release, null, new(2027, 1, 1), "Varied."),
            ["wake {ref}-exit", "DateChanged to morgan-manager"]),
        ["EligibilityAdded"] = (
            new EligibilityAdded(new("id", Category.Category2, "sentence", new(2026, 1, 1), null, false, EndRules.All.First()), "New."),
            ["wake {ref}-exit", "DateChanged to morgan-manager"]),
        ["CategoryChanged"] = (
            new CategoryChanged(Category.Category1, Category.Category2, "Ended."),
            ["wake {ref}-exit", "CategoryChanged to morgan-manager"]),
        ["PreExitReviewRecorded"] = (new PreExitReviewRecorded("Ready.", false), ["wake {ref}-exit"]),
        ["CaseClosed"] = (
            new CaseClosed(ExitReason.SentenceExpired, new(2027, 1, 1), "Ended."),
            ["wake {ref}-review", "wake {ref}-exit", "CaseClosed to morgan-manager", "CaseClosed to casey-coordinator"]),

        ["reminded too late"] = (Reminded(ScreeningObligations.DecideScreening) with { Late = true }, []),
        ["escalated too late"] = (Escalated(ScreeningObligations.DecideScreening) with { Late = true }, []),
        ["ObligationStillOverdue"] = (
            new ObligationStillOverdue(ScreeningObligations.DecideScreening, 1, null, 1),
            ["StillOverdue to charlie-chair", "StillOverdue to casey-coordinator"]),
        ["OwnerReminded"] = (
            new OwnerReminded(Level1ReviewObligations.ReviewLevel1, 1, null, Role.LeadAgencyManager, null), ["OwnerReminded to morgan-manager"]),
        ["EscalationNoted"] = (new EscalationNoted(Level1ReviewObligations.ReviewLevel1, 1, null, "I telephoned."), []),

        ["reminded: DecideScreening"] = (Reminded(ScreeningObligations.DecideScreening), ["ScreeningDueSoon to casey-coordinator"]),
        ["reminded: GiveInformation"] = (Reminded(ScreeningObligations.GiveInformation), ["InformationDueSoon to riley-referrer"]),
        ["reminded: HoldMeeting"] = (Reminded(MeetingObligations.HoldMeeting), ["MeetingToArrange to casey-coordinator"]),
        ["reminded: RecordMeeting"] = (Reminded(MeetingObligations.RecordMeeting), ["MeetingToRecord to casey-coordinator"]),
        ["reminded: SendMinutes"] = (Reminded(MeetingObligations.SendMinutes), ["MinutesDueSoon to casey-coordinator"]),
        ["reminded: ReviewLevel1"] = (Reminded(Level1ReviewObligations.ReviewLevel1), ["Level1ReviewDueSoon to morgan-manager"]),
        ["reminded: ReviewBeforeExit"] = (Reminded(ExitObligations.ReviewBeforeExit), ["PreExitReviewOpens to morgan-manager"]),
        ["reminded: CloseCase"] = (
            Reminded(ExitObligations.CloseCase), ["ClosesWithThingsUndone to morgan-manager", "ClosesWithThingsUndone to casey-coordinator"]),
        ["escalated: DecideScreening"] = (Escalated(ScreeningObligations.DecideScreening), ["ScreeningOverdue to charlie-chair", "ScreeningOverdue to casey-coordinator"]),
        ["escalated: GiveInformation"] = (Escalated(ScreeningObligations.GiveInformation), ["InformationOverdue to casey-coordinator", "InformationOverdue to riley-referrer"]),
        ["escalated: HoldMeeting"] = (Escalated(MeetingObligations.HoldMeeting), ["MeetingOverdue to charlie-chair", "MeetingOverdue to casey-coordinator"]),
        ["escalated: RecordMeeting"] = (Escalated(MeetingObligations.RecordMeeting), ["MeetingRecordOverdue to charlie-chair", "MeetingRecordOverdue to casey-coordinator"]),
        ["escalated: SendMinutes"] = (Escalated(MeetingObligations.SendMinutes), ["MinutesOverdue to charlie-chair", "MinutesOverdue to casey-coordinator"]),
        ["escalated: ReviewLevel1"] = (Escalated(Level1ReviewObligations.ReviewLevel1), ["Level1ReviewOverdue to morgan-manager", "Level1ReviewOverdue to casey-coordinator"]),
        ["escalated: ReviewBeforeExit"] = (
            Escalated(ExitObligations.ReviewBeforeExit), ["PreExitReviewOverdue to morgan-manager", "PreExitReviewOverdue to casey-coordinator"]),
    };

    public static TheoryData<string> Names { get; } = [.. Rows.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Event_has_its_reactions(string row)
    {
        var (happened, follows) = Rows[row];

        var items = React(happened, SamplePeople.InArea);

        var expected = follows.Select(
            line => line.Replace("{ref}", managed.State.Reference.ToString(), StringComparison.Ordinal)).SelectMany(Spread);
        Assert.Equal(expected, items.Where(item => item is not RefreshCaseload).Select(Describe));
        Assert.Equal(happened is ApprovalLinkIssued ? 0 : 1, items.Count(item => item is RefreshCaseload));
    }

    [Fact]
    public void Every_event_has_a_row()
    {
        var inRows = Rows.Values.Select(row => row.Happened.GetType());
        var missing = CaseFeatures.Model.Events.All.Values.Except(inRows).Select(type => type.Name);

        Assert.True(!missing.Any(), $"Add a row to ReactionTests for: {string.Join(", ", missing)}");
    }

    [Fact]
    public void A_lead_agency_without_managers_here_leaves_its_emails_to_the_coordinators() => Assert.Contains(
        "CategoryChanged to casey-coordinator",
        React(new CategoryChanged(Category.Category1, Category.Category2, "Ended."),
            [SamplePeople.Coordinator, SamplePeople.Chair]).Select(Describe));

    [Fact]
    public void Work_of_coordinators_reaches_the_chair_and_then_the_deputy_where_an_area_has_none()
    {
        var referred = new ReferralSubmitted(managed.State.Reference, SampleReferrals.Category2());

        Assert.Contains("ReferralReceived to charlie-chair", React(referred, [SamplePeople.Chair, SamplePeople.Deputy]).Select(Describe));
        Assert.Contains("ReferralReceived to devon-deputy", React(referred, [SamplePeople.Deputy, SamplePeople.Manager]).Select(Describe));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void No_email_for_a_role_goes_to_no_one_the_administrators_hear_of_it(string row)
    {
        var administrator = SamplePeople.Administrator with { AreaCode = "dorset" };
        var (happened, _) = Rows[row];
        var roles = React(happened, SamplePeople.InArea).Select(Describe).Count(line =>
            Roles.Any(role => line.EndsWith(role, StringComparison.Ordinal)));

        var items = React(happened, people: [], [administrator]).Select(Describe).ToList();

        Assert.Equal(roles > 0, items.Contains("NoOneToAct to alex-admin"));
    }

    private static readonly string[] Roles = [" to casey-coordinator", " to charlie-chair", " to morgan-manager"];

    [Fact]
    public void An_email_is_named_after_the_case_the_event_its_words_and_its_recipient() => Assert.Equal(
        $"{managed.State.Reference}.7.CategoryChanged.morgan-manager",
        React(new CategoryChanged(Category.Category1, Category.Category2, "Ended."),
            SamplePeople.InArea).OfType<SubmitEmail>().Single().EmailRequest.Id);

    private static DisclosureDecided Decided(ApprovalOutcome outcome) => new(1, outcome, "Weighed.", "hash");

    private static ObligationReminded Reminded(ObligationKind kind) => new(kind, 1, null);

    private static ObligationEscalated Escalated(ObligationKind kind) => new(kind, 1, null);

    private IReadOnlyList<OutboxItem> React(CaseEvent happened, IReadOnlyList<Person> people, IReadOnlyList<Person>? administrators = null)
    {
        var (stream, types) = (CaseStreams.Of(managed.State.Reference), CaseFeatures.Model.Events);
        var info = new EventInfo(7, Product.Start, "someone", "Someone");
        var record = EventRecord.After(HashChain.Start, stream, info, types.NameOf(happened), types.Write(happened));
        return CaseReactions.Of([new(stream, record, happened)], managed.State, people, administrators ?? []);
    }

    private IEnumerable<string> Spread(string line) => line.StartsWith(Invited, StringComparison.Ordinal)
        ? managed.State.Meetings[0].Agencies.Select(agency =>
            line[Invited.Length..].Replace(" about", $" to {SamplePeople.Area}.{agency} about", StringComparison.Ordinal))
        : [line];

    private static string Describe(OutboxItem item) => item switch
    {
        StartOrchestration start => $"start {start.Name} {start.InstanceId}",
        SignalOrchestration signal => $"wake {signal.InstanceId}",
        SubmitEmail { EmailRequest: var email } =>
            $"{email.Template} to {email.To}{(email.Number is { } number ? $" about {number}" : "")}{(email.Request is { } request ? $", request {request}" : "")}",
        _ => item.GetType().Name,
    };

    /// <summary>
    /// A case at level 2 with a meeting that is arranged, and two disclosures that wait for their decision: the second was revised.
    /// </summary>
    public sealed class ManagedCase : IAsyncLifetime
    {
        public CaseState State { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            await using var product = await Product.StartAsync();
            var reference = await product.AcceptAsync(ManagementLevel.Level2);
            var arrange = new ScheduleMeeting { StartsAt = new(2026, 6, 24, 13, 0, 0, TimeSpan.Zero), Minutes = 90, Place = "Room 1" };
            await product.DoAsync(SamplePeople.Coordinator, reference, arrange);
            await product.DoAsync(SamplePeople.Coordinator, reference, new ProposeDisclosure { Content = SampleDisclosures.Content() });
            await product.DoAsync(SamplePeople.Coordinator, reference, new ProposeDisclosure { Content = SampleDisclosures.Content("Something else.") });
            State = await product.DoAsync(SamplePeople.Coordinator, reference, new ReviseDisclosure(2, SampleDisclosures.Content("Something different.")));
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
