using System.Text.Json;
using MappaFlows.Tables;

namespace MappaFlows.Workflows.Tests.Streams;

public sealed class CommandHandlerTests : IAsyncLifetime
{
    private Product _product = null!;

    public async ValueTask InitializeAsync() => _product = await Product.StartAsync();

    public ValueTask DisposeAsync() => _product.DisposeAsync();

    [Fact]
    public async Task The_same_key_is_the_same_case_and_the_same_answer()
    {
        var reference = CaseReference.For(SamplePeople.Referrer.Id, "key");
        var submit = new SubmitReferral(reference, SampleReferrals.Category2());
        var answers = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(_ => _product.Commands.ExecuteAsync(SamplePeople.Referrer, reference, submit, "key")));
        Assert.All(answers, answer => Assert.IsType<CommandResult.Done>(answer));
        Assert.Equal(1, await _product.CountAsync<ReferralSubmitted>(reference));
        Assert.Single(_product.Emails.To(SamplePeople.Coordinator));
    }

    [Fact]
    public async Task The_same_key_with_other_content_is_refused_and_changes_nothing()
    {
        var reference = CaseReference.For(SamplePeople.Referrer.Id, "key");
        await _product.Commands.ExecuteAsync(
            SamplePeople.Referrer,
            reference,
            new SubmitReferral(reference, SampleReferrals.Category2()),
            "key");
        var other = await _product.Commands.ExecuteAsync(
            SamplePeople.Referrer,
            reference,
            new SubmitReferral(reference, SampleReferrals.Category3()),
            "key");
        Assert.Equal(RefusalKind.Conflict, Assert.IsType<CommandResult.Refused>(other).Kind);
        Assert.Equal(Category.Category2, (await _product.CaseAsync(reference)).Category);
    }

    [Fact]
    public async Task Concurrent_screening_decisions_keep_one()
    {
        var reference = await _product.ReferAsync();
        var answers = await Task.WhenAll(
            _product.Commands.ExecuteAsync(
                SamplePeople.Coordinator,
                reference,
                new DecideScreening { Outcome = ScreeningOutcome.Accept, Level = ManagementLevel.Level2, Reasons = "Yes." },
                "a"),
            _product.Commands.ExecuteAsync(SamplePeople.Coordinator, reference,
                new DecideScreening { Outcome = ScreeningOutcome.Refuse, Reasons = "No." }, "b"));
        Assert.Single(answers.OfType<CommandResult.Done>());
        Assert.Equal(RefusalKind.Conflict, Assert.Single(answers.OfType<CommandResult.Refused>()).Kind);
    }

    [Fact]
    public async Task No_one_is_invited_to_a_meeting_that_was_held_already()
    {
        var reference = await _product.AcceptAsync(ManagementLevel.Level2);
        await _product.AdvanceAsync(TimeSpan.FromDays(2));

        Assert.IsType<CommandResult.Done>(await _product.Commands.ExecuteAsync(
            SamplePeople.Coordinator,
            reference,
            SampleMeetings.At(_product.Time.GetUtcNow().AddDays(-1)),
            "held"));

        Assert.NotNull((await _product.CaseAsync(reference)).NextMeeting);
        Assert.DoesNotContain(_product.Emails.Sent, email => email.Subject.StartsWith("MAPPA: invitation", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_case_that_is_full_of_text_is_refused_in_words_and_goes_on()
    {
        var reference = await _product.AcceptAsync(ManagementLevel.Level2);
        var refused = new List<CommandResult.Refused>();
        for (var i = 0; i < 30 && refused.Count == 0; i++)
        {
            var propose = new ProposeDisclosure
            {
                Content = SampleDisclosures.Content(Unpackable(5 * i)) with
                {
                    ReasonsFor = Unpackable((5 * i) + 1),
                    ReasonsAgainst = Unpackable((5 * i) + 2),
                    Conditions = Unpackable((5 * i) + 3),
                    SubjectInformedReasons = Unpackable((5 * i) + 4),
                },
            };
            if (await _product.Commands.ExecuteAsync(SamplePeople.Coordinator, reference, propose, $"propose {i}") is CommandResult.Refused no)
                refused.Add(no);
        }

        Assert.Equal(RefusalKind.Invalid, Assert.Single(refused).Kind);
        Assert.StartsWith("This record holds as much text as it can", Assert.Single(refused[0].Problems).Message, StringComparison.Ordinal);
        Assert.NotEmpty((await _product.CaseAsync(reference)).Disclosures);
        Assert.IsType<CommandResult.Done>(
            await _product.Commands.ExecuteAsync(SamplePeople.Coordinator, reference, new WithdrawDisclosure(1, "Over."), "withdraw"));
        Assert.IsType<CommandResult.Done>(await _product.Commands.ExecuteAsync(
            SamplePeople.Coordinator,
            reference,
            new ProposeDisclosure { Content = SampleDisclosures.Content("A few words.") },
            "short"));
    }

    /// <summary>A text of full length, three bytes a character, that no packing makes shorter.</summary>
    private static string Unpackable(int seed)
    {
        var random = new Random(seed);
        return string.Concat(Enumerable.Range(0, 4000).Select(_ => (char)random.Next(0x4E00, 0x9FA0)));
    }

    [Fact]
    public async Task Changed_event_breaks_the_hash_chain()
    {
        var reference = await _product.AcceptAsync(ManagementLevel.Level2);
        var (verifier, stream) = (_product.Get<StreamVerifier>(), CaseStreams.Of(reference));
        Assert.Null(await verifier.VerifyAsync(stream));

        var row = await _product.Store.GetAsync(TableNames.Cases, reference.ToString(), "event-0000000002");
        var forged = new Dictionary<string, object>(row!.Properties) { ["ActorName"] = "Somebody else" };
        await _product.Store.CommitAsync(TableNames.Cases, reference.ToString(), [new Replace(row.Row, forged, row.ETag)]);
        Assert.Equal(2, await verifier.VerifyAsync(stream));
    }

    [Fact]
    public async Task The_result_of_a_command_carries_the_case_as_it_now_stands()
    {
        var reference = await _product.ReferAsync();
        var accept = new DecideScreening { Outcome = ScreeningOutcome.Accept, Level = ManagementLevel.Level2, Reasons = "It meets the test." };

        var first = Assert.IsType<CommandResult.Done>(
            await _product.Commands.ExecuteAsync(SamplePeople.Coordinator, reference, accept, "a"));
        var again = Assert.IsType<CommandResult.Done>(
            await _product.Commands.ExecuteAsync(SamplePeople.Coordinator, reference, accept, "a"));

        Assert.Equal((false, true), (first.WasDoneBefore, again.WasDoneBefore));
        Assert.All([first, again], done => Assert.Equal(ManagementLevel.Level2, done.Now!.Case.Level));
        Assert.Equal((await _product.CaseAsync(reference)).Version, first.Now!.Case.Version);
    }

    [Fact]
    public async Task The_same_key_again_names_the_event_of_the_first_time()
    {
        var handler = _product.Get<CommandHandler<CaseState>>();
        var reference = CaseReference.For(SamplePeople.Referrer.Id, "key");
        var submit = new SubmitReferral(reference, SampleReferrals.Category2());
        Assert.Null(await handler.FindEarlierAsync(SamplePeople.Referrer, reference.ToString(), submit, "key"));

        var first = Done(await handler.ExecuteAsync(SamplePeople.Referrer, reference.ToString(), submit, "key"));
        await handler.ExecuteAsync(
            SamplePeople.Coordinator,
            reference.ToString(),
            new DecideScreening { Outcome = ScreeningOutcome.Refuse, Reasons = "No." },
            "other");
        var again = Done(await handler.ExecuteAsync(SamplePeople.Referrer, reference.ToString(), submit, "key"));
        var earlier = Done((await handler.FindEarlierAsync(SamplePeople.Referrer, reference.ToString(), submit, "key"))!);
        var other = await handler.FindEarlierAsync(SamplePeople.Coordinator, reference.ToString(), submit, "key");

        Assert.Equal((1, 1, 1), (first.Sequence, again.Sequence, earlier.Sequence));
        Assert.Equal((false, true, true), (first.WasDoneBefore, again.WasDoneBefore, earlier.WasDoneBefore));
        Assert.Equal(CaseStage.Refused, earlier.Now.Stage);
        Assert.Equal(RefusalKind.Conflict, Assert.IsType<CommandResult<CaseState>.Refused>(other).Kind);

        static CommandResult<CaseState>.Done Done(CommandResult<CaseState> result) => Assert.IsType<CommandResult<CaseState>.Done>(result);
    }

    [Fact]
    public async Task Attempts_refused_at_the_same_time_are_each_recorded_once()
    {
        var reference = await _product.AcceptAsync(ManagementLevel.Level2);
        await _product.DoAsync(SamplePeople.Coordinator, reference, new ProposeDisclosure { Content = SampleDisclosures.Content() });
        var decide = new DecideDisclosure { Number = 1, Outcome = ApprovalOutcome.Approved, Reasons = "Weighed." };

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 6).Select(i => _product.Commands.ExecuteAsync(SamplePeople.Deputy, reference, decide, $"{i}")));

        Assert.All(answers, answer => Assert.True(Assert.IsType<CommandResult.Refused>(answer).IsRecorded));
        Assert.Equal(6, await _product.CountAsync<ApprovalAttemptRefused>(reference));
        Assert.Null(await _product.Get<StreamVerifier>().VerifyAsync(CaseStreams.Of(reference)));
    }

    [Fact]
    public async Task Sweep_finishes_a_failed_outbox()
    {
        var reference = CaseReference.For(SamplePeople.Referrer.Id, "key");
        await _product.Get<CommandHandler<CaseState>>().ExecuteAsync(
            SamplePeople.Referrer,
            reference.ToString(),
            new SubmitReferral(reference, SampleReferrals.Category2()),
            "key");
        Assert.Empty(_product.Emails.Sent);
        Assert.Contains(
            await _product.Get<OutboxIndex>().ListAsync(10, CancellationToken.None),
            pending => pending.Stream == CaseStreams.Of(reference));

        await _product.CrashAndRestartAsync();
        await _product.AdvanceAsync(TimeSpan.FromMinutes(10));
        var swept = await _product.Get<Sweep>().RunAsync(Sweep.Grace);
        Assert.Equal(1, swept.Dispatched);
        Assert.Single(_product.Emails.To(SamplePeople.Coordinator));
        Assert.Empty(await _product.Get<OutboxIndex>().ListAsync(10, CancellationToken.None));
    }

    [Fact]
    public async Task A_date_that_no_timer_served_is_served_by_the_sweep()
    {
        var reference = await _product.ReferAsync();
        foreach (var part in new[] { "", "-screening" }) await _product.Orchestrations.TerminateInstanceAsync(reference + part);
        await _product.AdvanceAsync(TimeSpan.FromDays(30));
        Assert.Equal(0, _product.Emails.Count(SamplePeople.Chair, "Screening decision overdue"));

        await _product.Get<Sweep>().RunAsync(Sweep.Grace);
        Assert.Equal(1, _product.Emails.Count(SamplePeople.Chair, "Screening decision overdue"));
        Assert.Equal(default, await _product.Get<Sweep>().RunAsync(Sweep.Grace));
    }

    [Fact]
    public async Task Email_without_address_is_undelivered_and_blocks_nothing()
    {
        await _product.Get<People.TablePeopleDirectory>().SaveAsync([SamplePeople.Coordinator with { Email = "" }], []);
        await _product.ReferAsync();
        Assert.Single(await _product.Get<UndeliveredEmails>().PageAsync(10));
        Assert.Empty(await _product.Get<OutboxIndex>().ListAsync(10, CancellationToken.None));
    }

    [Fact]
    public async Task The_caseload_lists_what_is_due_first_and_pages()
    {
        var references = new List<CaseReference>();
        for (var i = 0; i < 5; i++)
        {
            references.Add(await _product.ReferAsync());
            await _product.AdvanceAsync(TimeSpan.FromDays(1));
        }

        var caseload = _product.Get<CaseloadIndex>();
        var first = await caseload.ListAsync(new(SamplePeople.Area) { Take = 3 });
        var second = await caseload.ListAsync(new(SamplePeople.Area) { Take = 3, After = first.Continuation });
        var listed = first.Cases.Concat(second.Cases).ToList();
        Assert.Null(second.Continuation);
        Assert.Equal(references.ToHashSet(), listed.Select(summary => summary.Reference).ToHashSet());
        Assert.Equal(listed.Select(summary => summary.Next!.Due).Order(), listed.Select(summary => summary.Next!.Due));
        Assert.Empty((await caseload.ListAsync(new(SamplePeople.Area) { Ended = true })).Cases);
        Assert.Empty((await caseload.ListAsync(new("dorset"))).Cases);

        // The first three referrals are past their five working days; a page is counted no otherwise than the whole.
        var now = listed[3].Next!.Due!.Value.AddMinutes(-1);
        Assert.Equal(
            new(5, 3, IsWhole: true),
            await caseload.TallyAsync(new(SamplePeople.Area) { Take = 3, After = first.Continuation }, now));
        Assert.Equal(new(0, 0, IsWhole: true), await caseload.TallyAsync(new(SamplePeople.Area) { Level = ManagementLevel.Level3 }, now));
    }

    [Fact]
    public async Task A_case_behind_very_many_others_is_found_on_a_later_page()
    {
        const int Others = 20_000;
        var reference = await _product.ReferAsync();
        var caseload = _product.Get<CaseloadIndex>();
        var other = (await caseload.ListAsync(new(SamplePeople.Area))).Cases.Single() with { Stage = CaseStage.Managed };
        var row = new Dictionary<string, object> { ["Summary"] = JsonSerializer.Serialize(other, StreamJson.Options) };
        foreach (var chunk in Enumerable.Range(0, Others).Chunk(TableLimits.ChangesPerCommit))
        {
            await _product.Store.CommitAsync(
                TableNames.Caseload,
                SamplePeople.Area,
                [.. chunk.Select(i => new Insert($"live-00000000000000-{i:D5}", row))],
                TestContext.Current.CancellationToken);
        }

        var query = new CaseloadQuery(SamplePeople.Area) { Stage = CaseStage.Screening };
        var first = await caseload.ListAsync(query);
        var second = await caseload.ListAsync(query with { After = first.Continuation });

        Assert.Empty(first.Cases);
        Assert.Equal(reference, Assert.Single(second.Cases).Reference);
        Assert.Null(second.Continuation);
        Assert.False((await caseload.TallyAsync(query, Product.Start)).IsWhole);
    }

    [Fact]
    public async Task No_personal_data_in_email_log_or_history()
    {
        var reference = await _product.AcceptAsync(ManagementLevel.Level2);
        await _product.DoAsync(
            SamplePeople.Coordinator,
            reference,
            new ScheduleMeeting { StartsAt = Product.Start.AddDays(21), Minutes = 60, Place = "Room 1" });
        await _product.DoAsync(SamplePeople.Coordinator, reference, new ProposeDisclosure { Content = SampleDisclosures.Content() });
        await _product.AdvanceAsync(TimeSpan.FromDays(4));

        string[] secrets = [SampleReferrals.GivenNames, SampleReferrals.FamilyName, "Nowhere Lane", "Wounding", "Category", "Level 2", "Head teacher", "alone with children"];
        var written = _product.Emails.Sent
            .Select(email => $"{email.Subject} {email.Text} {string.Concat(email.Attachments.Select(file => file.Content))}")
            .Concat(_product.Log.Lines)
            .ToList();
        var kept = new List<string>();
        await foreach (var instance in _product.Orchestrations.GetAllInstancesAsync(new(FetchInputsAndOutputs: true)))
            kept.Add($"{instance.SerializedInput} {instance.SerializedOutput} {instance.SerializedCustomStatus}");
        Assert.NotEmpty(kept);
        written.AddRange(kept);
        Assert.All(secrets, secret => Assert.DoesNotContain(written, text => text.Contains(secret, StringComparison.OrdinalIgnoreCase)));
    }

    [Fact]
    public async Task Each_person_sees_what_they_owe_and_no_more()
    {
        await _product.ReferAsync();
        var caseload = _product.Get<CaseloadIndex>();
        Assert.Single((await caseload.OwedByAsync(SamplePeople.Coordinator)).Items);
        foreach (var person in new[] { SamplePeople.Chair, SamplePeople.Manager, SamplePeople.LayAdviser, SamplePeople.Referrer })
            Assert.Empty((await caseload.OwedByAsync(person)).Items);
    }
}
