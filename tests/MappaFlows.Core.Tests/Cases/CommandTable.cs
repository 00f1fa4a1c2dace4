namespace MappaFlows.Core.Tests.Cases;

/// <summary>One well-formed command of each kind, and one life at each stage, for tables of the two.</summary>
internal static class CommandTable
{
    public static CaseCommand Command(string name, CaseSimulation life) => name switch
    {
        nameof(SubmitReferral) => new SubmitReferral(Samples.Reference, Samples.Referral()),
        nameof(DecideScreening) => Samples.Accept(),
        nameof(GiveInformation) => new GiveInformation("At 1 Made Up Street."),
        nameof(ScheduleMeeting) => SampleMeetings.At(life.Now.AddDays(14)),
        nameof(MoveMeeting) => new MoveMeeting { Number = 1, StartsAt = life.Now.AddDays(15), Minutes = 60, Place = "Room 2", Reason = "Room 1 floods." },
        nameof(RecordMeeting) => new RecordMeeting(1, Samples.Outcome(life.Case)),
        nameof(SendMinutes) => new SendMinutes(1),
        nameof(RecordLevel1Review) => new RecordLevel1Review(Samples.Review()),
        nameof(ProposeDisclosure) => new ProposeDisclosure { Content = SampleDisclosures.Content() },
        nameof(ReviseDisclosure) => new ReviseDisclosure(1, SampleDisclosures.Content("Something else.")),
        nameof(WithdrawDisclosure) => new WithdrawDisclosure(1, "No longer needed."),
        nameof(DecideDisclosure) => new DecideDisclosure
        {
            Number = 1,
            Outcome = ApprovalOutcome.Approved,
            Reasons = "Weighed.",
            ContentHash = life.MaybeCase?.Disclosures.FirstOrDefault()?.ContentHash,
        },
        nameof(IssueApprovalLink) => new IssueApprovalLink(1, 1, "hash", SamplePeople.Chair.Id),
        nameof(RevokeApproval) => new RevokeApproval(1, "The risk has changed."),
        nameof(ReplaceDiscloser) => new ReplaceDiscloser(1, SamplePeople.OtherManager.Id, "The discloser is ill."),
        nameof(RecordDisclosure) => new RecordDisclosure(1, Samples.Act(life.Today)),
        nameof(ChangeDate) => Samples.Expiry(life, new(2030, 1, 9)),
        nameof(AddEligibility) => new AddEligibility
        {
            Category = Category.Category1,
            StartsOn = new(2026, 1, 1),
            EndsOn = new(2033, 1, 1),
            Reason = "New conviction.",
        },
        nameof(RecordPreExitReview) => new RecordPreExitReview { Conclusion = "May end.", ConsiderCategory3 = false },
        nameof(DecideExit) => new DecideExit { Reason = ExitReason.Death, LastDay = life.Today, Reasons = "Certificate seen." },
        nameof(DoWhatIsDue) => new DoWhatIsDue(),
        nameof(RemindOwner) => new RemindOwner(ScreeningObligations.DecideScreening),
        nameof(NoteEscalation) => new NoteEscalation(ScreeningObligations.DecideScreening, Note: "I telephoned."),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "There is no such command."),
    };

    /// <summary>The person whose part each command is.</summary>
    public static string Actor(string name) => name switch
    {
        nameof(SubmitReferral) or nameof(GiveInformation) => nameof(SamplePeople.Referrer),
        nameof(RecordLevel1Review) or nameof(RecordPreExitReview) or nameof(RecordDisclosure) or nameof(DecideExit) =>
            nameof(SamplePeople.Manager),
        nameof(DecideDisclosure) or nameof(RemindOwner) or nameof(NoteEscalation) => nameof(SamplePeople.Chair),
        nameof(IssueApprovalLink) or nameof(DoWhatIsDue) => nameof(SamplePeople.Clock),
        _ => nameof(SamplePeople.Coordinator),
    };

    public static CaseSimulation At(string stage)
    {
        switch (stage)
        {
            case "nothing":
                return new CaseSimulation();
            case "screening":
                return CaseSimulation.Referred();
            case "screening overdue":
                return After(CaseSimulation.Referred(), life => life.LivesUntil(life.Now.AddDays(9)));
            case "asked":
                return After(CaseSimulation.Referred(), life => life.Does(SamplePeople.Coordinator, Samples.RequestInformation));
            case "refused":
                return After(CaseSimulation.Referred(), life => life.Does(SamplePeople.Coordinator, Samples.Refuse));
            case "level 1":
                return CaseSimulation.Managed(ManagementLevel.Level1);
            case "level 2":
                return CaseSimulation.Managed();
            case "arranged":
                return After(CaseSimulation.Managed(), life => life.Does(SamplePeople.Coordinator, SampleMeetings.At(life.Now.AddDays(7))));
            case "held":
                return After(At("arranged"), life => life.Now = life.Case.NextMeeting!.StartsAt.AddHours(2));
            case "recorded":
                return After(At("held"), life => life.Does(SamplePeople.Coordinator, new RecordMeeting(1, Samples.Outcome(life.Case))));
            case "proposed":
                return After(
                    CaseSimulation.Managed(),
                    life => life.Does(SamplePeople.Coordinator,
                        new ProposeDisclosure { Content = SampleDisclosures.Content(), ApproverId = SamplePeople.Chair.Id }));
            case "change asked":
                return After(At("proposed"), life => life.Does(SamplePeople.Chair, life.Decision(ApprovalOutcome.ChangeRequested)));
            case "approved":
                return After(At("proposed"), life => life.Does(SamplePeople.Chair, life.Decision(ApprovalOutcome.Approved)));
            case "disclosure refused":
                return After(At("proposed"), life => life.Does(SamplePeople.Chair, life.Decision(ApprovalOutcome.Refused)));
            case "lapsed":
                return After(At("proposed"), life => life.LivesUntil(life.Now.AddHours(73)));
            case "withdrawn":
                return After(At("proposed"), life => life.Does(SamplePeople.Coordinator, new WithdrawDisclosure(1, "Not needed.")));
            case "made":
                return After(At("approved"), life => life.Does(SamplePeople.Manager, new RecordDisclosure(1, Samples.Act(life.Today))));
            case "near exit":
                return After(CaseSimulation.Managed(), life => life.LivesUntil(new(2028, 7, 1, 9, 0, 0, TimeSpan.Zero)));
            case "closed":
                return After(At("proposed"), life => life.Does(SamplePeople.Manager, Command(nameof(DecideExit), life)));
            default:
                throw new ArgumentOutOfRangeException(nameof(stage), stage, "There is no such stage.");
        }
    }

    private static CaseSimulation After(CaseSimulation life, Action<CaseSimulation> what)
    {
        what(life);
        return life;
    }
}
