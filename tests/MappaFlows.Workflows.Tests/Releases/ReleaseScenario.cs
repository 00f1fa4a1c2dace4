namespace MappaFlows.Workflows.Tests.Releases;

/// <summary>
/// What is done to fill the sample of a release: every kind of event happens, and at the end cases wait in the midst of every kind of
/// orchestration.
/// </summary>
internal sealed class ReleaseScenario(Product product)
{
    public async Task RunAsync()
    {
        await AdvanceWholeCaseAsync();
        await RefuseAsync();
        await RevisedAndLapsedAsync();
        await UndeliveredAsync();
        await WaitingCasesAsync();
    }

    private Task DoAsync(Person actor, CaseReference reference, CaseCommand command) => product.DoAsync(actor, reference, command);

    /// <summary>
    /// From a question about the referral to a death, by way of a meeting, a disclosure, a second order and a changed date.
    /// </summary>
    private async Task AdvanceWholeCaseAsync()
    {
        var reference = await product.ReferAsync();
        await DoAsync(
            SamplePeople.Coordinator,
            reference,
            new DecideScreening { Outcome = ScreeningOutcome.RequestInformation, Reasons = "Which prison is it?" });
        await DoAsync(SamplePeople.Referrer, reference, new GiveInformation("None: the person lives in the community."));
        await AcceptAsync(reference, ManagementLevel.Level2);
        await DoAsync(SamplePeople.Coordinator, reference, SampleMeetings.At(product.Time.GetUtcNow().AddDays(15)));
        await DoAsync(SamplePeople.Coordinator, reference, new MoveMeeting
        {
            Number = 1,
            StartsAt = product.Time.GetUtcNow().AddDays(16),
            Minutes = 60,
            Place = "Room 2",
            Reason = "The room was taken.",
        });
        await product.AdvanceAsync(TimeSpan.FromDays(17));
        var agencies = (await product.CaseAsync(reference)).Meetings[0].Agencies;
        await DoAsync(
            SamplePeople.Coordinator,
            reference,
            new RecordMeeting(1, SampleMeetings.Outcome(agencies, ManagementLevel.Level3)));
        await DoAsync(SamplePeople.Coordinator, reference, new SendMinutes(1));
        await DiscloseAsync(reference);
        await DoAsync(SamplePeople.Coordinator, reference, new AddEligibility
        {
            Category = Category.Category1,
            StartsOn = Today,
            EndsOn = Today.AddYears(5),
            Reason = "A new conviction.",
        });
        await DoAsync(SamplePeople.Coordinator, reference, new ChangeDate
        {
            Date = CaseDate.SentenceExpiry,
            From = SampleReferrals.SentenceExpiry,
            To = SampleReferrals.SentenceExpiry.AddYears(1),
            Reason = "Varied on appeal.",
        });
        await DoAsync(SamplePeople.Manager, reference, new DecideExit { Reason = ExitReason.Death, LastDay = Today, Reasons = "The coroner." });
    }

    private async Task DiscloseAsync(CaseReference reference)
    {
        await ApprovalsThatAreNotUsedAsync(reference);
        await DoAsync(SamplePeople.Coordinator, reference, new ProposeDisclosure { Content = SampleDisclosures.Content() });
        await ApproveAsync(reference, 3, SampleDisclosures.Content());
        await DoAsync(SamplePeople.Manager, reference, new RecordDisclosure(3, new()
        {
            On = Today,
            Method = DisclosureMethod.InPerson,
            RecipientUndertook = true,
        }));
    }

    /// <summary>One approval that is revoked, and one whose discloser is replaced twice and which ends.</summary>
    private async Task ApprovalsThatAreNotUsedAsync(CaseReference reference)
    {
        var content = SampleDisclosures.Content() with { MakeBy = Today.AddDays(3) };
        await DoAsync(SamplePeople.Coordinator, reference, new ProposeDisclosure { Content = content });
        await ApproveAsync(reference, 1, content);
        await DoAsync(SamplePeople.Coordinator, reference, new RevokeApproval(1, "The recipient has moved."));
        await DoAsync(SamplePeople.Coordinator, reference, new ProposeDisclosure { Content = content });
        await ApproveAsync(reference, 2, content);
        await DoAsync(SamplePeople.Coordinator, reference, new ReplaceDiscloser(2, SamplePeople.OtherManager.Id, "Ill."));
        await ApproveAsync(reference, 2, content with { DiscloserId = SamplePeople.OtherManager.Id });
        await DoAsync(SamplePeople.Chair, reference, new ReplaceDiscloser(2, SamplePeople.Manager.Id, "Well again."));
        await product.AdvanceAsync(TimeSpan.FromDays(5));
    }

    private Task ApproveAsync(CaseReference reference, int number, DisclosureContent content) =>
        DoAsync(SamplePeople.Chair, reference, new DecideDisclosure
        {
            Number = number,
            Outcome = ApprovalOutcome.Approved,
            Reasons = "The risk outweighs the harm.",
            ContentHash = content.Hash(),
        });

    private async Task RefuseAsync() => await DoAsync(
        SamplePeople.Coordinator,
        await product.ReferAsync(),
        new DecideScreening { Outcome = ScreeningOutcome.Refuse, Reasons = "The test is not met." });

    /// <summary>
    /// A disclosure that is revised, decided by the wrong person and lapses, and one that is withdrawn; then a review and the exit.
    /// </summary>
    private async Task RevisedAndLapsedAsync()
    {
        var reference = await AcceptAsync(await product.ReferAsync(SampleReferrals.Category2(Today.AddDays(200))), ManagementLevel.Level1);
        await DoAsync(SamplePeople.Coordinator, reference, new ProposeDisclosure
        {
            Content = SampleDisclosures.Content(),
            ApproverId = SamplePeople.Manager.Id,
        });
        await DoAsync(SamplePeople.Coordinator, reference, new ReviseDisclosure(1, SampleDisclosures.Content("Something else.")));
        await product.Commands.ExecuteAsync(SamplePeople.Chair, reference, new DecideDisclosure
        {
            Number = 1,
            Outcome = ApprovalOutcome.Approved,
            Reasons = "Too late.",
            ContentHash = SampleDisclosures.Content().Hash(),
            TokenHash = Hashing.OfText("no token"),
        }, "refused");
        await product.AdvanceAsync(TimeSpan.FromDays(4));
        await DoAsync(SamplePeople.Coordinator, reference, new ProposeDisclosure
        {
            Content = SampleDisclosures.Content(),
            ApproverId = SamplePeople.Manager.Id,
        });
        await DoAsync(SamplePeople.Coordinator, reference, new WithdrawDisclosure(2, "No longer needed."));
        await DoAsync(SamplePeople.Manager, reference, new RecordLevel1Review(new()
        {
            Findings = "The plan is kept.",
            Contact = "Police, by telephone.",
            DisclosureConsidered = true,
            DisclosureReasons = "Nobody is at risk.",
            Level = ManagementLevel.Level1,
        }));
        await product.AdvanceAsync(TimeSpan.FromDays(60));
        await DoAsync(
            SamplePeople.Manager,
            reference,
            new RecordPreExitReview { Conclusion = "Nothing more is needed.", ConsiderCategory3 = false });
        await product.AdvanceAsync(TimeSpan.FromDays(150));
    }

    /// <summary>An email that the service refuses, and an administrator who tries it again in vain.</summary>
    private async Task UndeliveredAsync()
    {
        product.Emails.Answer = _ => new SendOutcome.Rejected("HTTP 400 InvalidRecipient");
        await product.ReferAsync();
        var undelivered = (await product.Get<UndeliveredEmails>().PageAsync(1)).Single();
        await product.Get<AdminActions>().DoAsync(
            SamplePeople.Administrator,
            new(AdminAction.RetryEmail, undelivered.EmailRequest.Id, "The address was mended."),
            "retry");
        product.Emails.Answer = _ => new SendOutcome.Accepted();
    }

    /// <summary>
    /// Each waits for something else: a decision on the referral, a meeting, a review, a decision on a disclosure, the exit.
    /// </summary>
    private async Task WaitingCasesAsync()
    {
        await AcceptAsync(await product.ReferAsync(), ManagementLevel.Level1);
        var meeting = await AcceptAsync(await product.ReferAsync(SampleReferrals.Category3()), ManagementLevel.Level3);
        await DoAsync(SamplePeople.Coordinator, meeting, SampleMeetings.At(product.Time.GetUtcNow().AddDays(9)));
        var disclosure = await AcceptAsync(
            await product.ReferAsync(SampleReferrals.Category1(Today.AddYears(4))),
            ManagementLevel.Level2);
        await LateAsync();
        await product.ReferAsync();
        await product.AdvanceAsync(TimeSpan.FromDays(2));
        await DoAsync(SamplePeople.Coordinator, disclosure, new ProposeDisclosure { Content = SampleDisclosures.Content() });
        await product.AdvanceAsync(TimeSpan.FromHours(30));
        await product.Get<CheckpointWriter>().RunIfDueAsync();
    }

    /// <summary>A referral that no one screens: it is passed on, told again, and the Chair reminds and notes.</summary>
    private async Task LateAsync()
    {
        var reference = await product.ReferAsync();
        await product.AdvanceAsync(TimeSpan.FromDays(20));
        await DoAsync(SamplePeople.Chair, reference, new RemindOwner(ScreeningObligations.DecideScreening));
        await DoAsync(SamplePeople.Chair, reference, new NoteEscalation(ScreeningObligations.DecideScreening, Note: "The post is vacant."));
    }

    private async Task<CaseReference> AcceptAsync(CaseReference reference, ManagementLevel level)
    {
        await DoAsync(
            SamplePeople.Coordinator,
            reference,
            new DecideScreening { Outcome = ScreeningOutcome.Accept, Level = level, Reasons = "It meets the test." });
        return reference;
    }

    private DateOnly Today => LondonTime.Today(product.Time.GetUtcNow());
}
