using System.Globalization;
using System.Text;
using MappaFlows.Tables;
using MappaFlows.Workflows.Tests.Email;

namespace MappaFlows.Workflows.Tests.Audit;

public sealed class CheckpointWriterTests
{
    [Fact]
    public async Task Checkpoint_holds_the_latest_event_and_no_personal_data()
    {
        await using var harness = await AuditHarness.OpenAsync();
        var (first, second) = (await harness.MakeCaseAsync(), await harness.MakeCaseAsync());
        await harness.GoOnAsync(second);

        await harness.Get<CheckpointWriter>().RunIfDueAsync();

        var document = Assert.Single(harness.Documents);
        Assert.Equal((1, harness.Time.GetUtcNow(), null), (document.Number, document.At, document.Previous));
        Assert.Equivalent(new[] { await harness.HeadAsync(first), await harness.HeadAsync(second) }, document.Entries, strict: true);
        var text = Encoding.UTF8.GetString(Assert.Single(harness.Checkpoints.Documents).Value);
        Assert.DoesNotContain(SampleReferrals.FamilyName, text);
        Assert.DoesNotContain(SamplePeople.Coordinator.Name, text);
        Assert.Equal(0, await harness.Get<ChangedCases>().CountAsync());
    }

    [Fact]
    public async Task Unchanged_cases_are_not_in_the_next_checkpoint()
    {
        await using var harness = await AuditHarness.OpenAsync();
        var (first, second) = (await harness.MakeCaseAsync(), await harness.MakeCaseAsync());
        await harness.NextDayAsync();
        await harness.NextDayAsync();
        await harness.GoOnAsync(second);
        await harness.NextDayAsync();

        Assert.Equal(2, harness.Documents.Count);
        Assert.Equal([await harness.HeadAsync(second)], harness.Documents[1].Entries);
        Assert.Contains(await harness.HeadAsync(first), harness.Documents[0].Entries);
        Assert.Equal(
            new PreviousDocument("checkpoint-0000000001.jsonl", CheckpointDocument.HashOf(harness.Checkpoints.Documents["checkpoint-0000000001.jsonl"])),
            harness.Documents[1].Previous);
    }

    [Theory]
    [InlineData("2026-06-02T00:59:59", false)] // 1:59am in summer
    [InlineData("2026-06-02T01:00:00", true)]
    [InlineData("2026-06-01T22:00:00", false)]
    [InlineData("2026-06-05T00:30:00", true)] // days without a sweep
    public async Task A_day_is_due_from_2am_in_London(string utc, bool isDue)
    {
        await using var harness = await AuditHarness.OpenAsync();
        await harness.Get<CheckpointWriter>().RunIfDueAsync();
        await harness.MakeCaseAsync();

        harness.Time.SetUtcNow(DateTimeOffset.Parse(utc, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal));
        await harness.Get<CheckpointWriter>().RunIfDueAsync();

        Assert.Equal(isDue ? 1 : 0, harness.Documents.Count);
    }

    [Theory]
    [InlineData("2027-03-28")] // the clocks go forward at 1am
    [InlineData("2026-10-25")] // and back at 2am
    [InlineData("2026-12-25")]
    public async Task A_sweep_every_five_minutes_checkpoints_once_a_day_also_when_the_clocks_change(string day)
    {
        await using var harness = await AuditHarness.OpenAsync();
        var reference = await harness.MakeCaseAsync();
        harness.Time.SetUtcNow(
            DateTimeOffset.Parse($"{day}T00:00:00", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal) - TimeSpan.FromHours(2));
        await harness.Get<CheckpointWriter>().RunIfDueAsync();
        var before = harness.Documents.Count;

        for (var minutes = 0; minutes < 24 * 60; minutes += 5)
        {
            if (minutes % 60 == 0) await harness.GoOnAsync(reference);
            harness.Time.Advance(TimeSpan.FromMinutes(5));
            await harness.Get<CheckpointWriter>().RunIfDueAsync();
        }

        Assert.Equal(before + 1, harness.Documents.Count);
    }

    [Fact]
    public async Task A_case_that_goes_on_while_it_is_anchored_is_anchored_again()
    {
        await using var harness = await AuditHarness.OpenAsync();
        var reference = await harness.MakeCaseAsync();
        harness.Checkpoints.BeforeNextPut = () => harness.GoOnAsync(reference);

        await harness.Get<CheckpointWriter>().RunIfDueAsync();

        Assert.Equal(2, harness.Entries.Count());
        Assert.Equal(await harness.HeadAsync(reference), harness.Entries.Last());
    }

    [Fact]
    public async Task A_mark_that_changes_just_as_it_would_be_cleared_stays()
    {
        await using var harness = await AuditHarness.OpenAsync();
        var reference = await harness.MakeCaseAsync();
        harness.Checkpoints.BeforeNextPut = () =>
        {
            // The next commit is that which clears the marks, which were read by then.
            harness.Store.BeforeNextCommit = () => harness.GoOnAsync(reference);
            return Task.CompletedTask;
        };

        await harness.Get<CheckpointWriter>().RunIfDueAsync();

        Assert.Equal(await harness.HeadAsync(reference), harness.Entries.Last());
        Assert.Equal(0, await harness.Get<ChangedCases>().CountAsync());
    }

    [Fact]
    public async Task Checkpoint_of_a_killed_writer_is_indexed_by_the_next_run()
    {
        await using var harness = await AuditHarness.OpenAsync();
        await harness.MakeCaseAsync();
        harness.Checkpoints.LosesAnswers = true;
        await Assert.ThrowsAsync<IOException>(() => harness.Get<CheckpointWriter>().RunIfDueAsync());
        harness.Checkpoints.LosesAnswers = false;

        await harness.Get<CheckpointWriter>().RunIfDueAsync();

        Assert.Single(harness.Entries);
        Assert.Equal(1, (await harness.Get<CheckpointIndex>().NewestAsync())!.Number);
        Assert.Equal(0, await harness.Get<ChangedCases>().CountAsync());
    }

    [Theory]
    [InlineData(Fault.FailBefore)]
    [InlineData(Fault.FailAfter)]
    public async Task A_run_that_ends_at_any_request_leaves_no_case_out_and_no_checkpoint_unread(Fault fault)
    {
        // Each request in turn, until a run ends without having come to it.
        for (var at = 1; ; at++)
        {
            FaultyTableStore? store = null;
            await using var harness = await AuditHarness.OpenAsync(
                inner => store = new(inner, FaultPlan.Once(fault, call => call.Number >= at)));
            var cases = new[] { await harness.MakeCaseAsync(), await harness.MakeCaseAsync() };

            await Record.ExceptionAsync(() => harness.Get<CheckpointWriter>().RunIfDueAsync());
            store!.Enabled = false;
            await harness.Get<CheckpointWriter>().RunIfDueAsync();

            Assert.All(cases, reference => Assert.InRange(harness.Entries.Count(head => head.Case == reference), 1, 2));
            var check = await harness.CheckAsync();
            Assert.Equal((0, harness.Documents.Count), (check.Discrepancies, check.Last));
            Assert.Equal(0, await harness.Get<ChangedCases>().CountAsync());
            if (store.Injected.Count == 0) break;
        }
    }

    [Fact]
    public async Task Concurrent_writers_add_each_case_once()
    {
        await using var harness = await AuditHarness.OpenAsync();
        await harness.Get<CheckpointWriter>().RunIfDueAsync();
        for (var i = 0; i < 5; i++) await harness.MakeCaseAsync();
        harness.Time.Advance(TimeSpan.FromDays(1));

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => harness.AnotherInstance().RunIfDueAsync())));

        Assert.Equal(5, harness.Entries.Select(head => head.Case).Distinct().Count());
        Assert.Equal(5, harness.Entries.Count());
        Assert.Equal(0, (await harness.CheckAsync()).Discrepancies);
    }

    [Fact]
    public async Task Full_checkpoint_continues_in_the_next()
    {
        await using var harness = await AuditHarness.OpenAsync();
        for (var i = 0; i < CheckpointWriter.MaxEntries + 3; i++) await harness.MakeCaseAsync();

        await harness.Get<CheckpointWriter>().RunIfDueAsync();

        Assert.Equal([CheckpointWriter.MaxEntries, 3], harness.Documents.Select(document => document.Entries.Count));
        Assert.Equal(CheckpointWriter.MaxEntries + 3, harness.Entries.Select(head => head.Case).Distinct().Count());
    }

    [Fact]
    public async Task First_run_covers_existing_cases()
    {
        await using var harness = await AuditHarness.OpenAsync();
        var (old, marked) = (await harness.MakeCaseAsync(), await harness.MakeCaseAsync());
        await harness.RemoveAsync(TableNames.Caseload, SamplePeople.Area, $"changed-{old}");

        await harness.Get<CheckpointWriter>().RunIfDueAsync();

        Assert.Equivalent(
            new[] { await harness.HeadAsync(old), await harness.HeadAsync(marked) },
            Assert.Single(harness.Documents).Entries,
            strict: true);
    }

    [Fact]
    public async Task A_first_run_that_was_cut_short_goes_on_and_does_not_begin_again()
    {
        FaultyTableStore? store = null;
        await using var harness = await AuditHarness.OpenAsync(inner => store = new(
            inner,
            FaultPlan.Of(call => call is { Table: TableNames.Checkpoints, Operation: StoreOperation.Commit }
                && call.Row.StartsWith("checkpoint-", StringComparison.Ordinal) ? Fault.FailAfter : Fault.None)));
        await harness.MakeCaseAsync();
        await Assert.ThrowsAsync<TableUnavailableException>(() => harness.Get<CheckpointWriter>().RunIfDueAsync());
        store!.Enabled = false;

        await harness.Get<CheckpointWriter>().RunIfDueAsync();

        Assert.Single(harness.Entries);
    }

    [Fact]
    public async Task Lost_index_is_rebuilt_from_the_checkpoint_store()
    {
        await using var harness = await AuditHarness.OpenAsync();
        var reference = await harness.MakeCaseAsync();
        await harness.NextDayAsync();
        await harness.GoOnAsync(reference);
        await harness.NextDayAsync();
        var index = await harness.Get<CheckpointIndex>().PageAsync(null, 10);
        await harness.RemoveAsync(TableNames.Checkpoints, "checkpoints", "");

        await harness.NextDayAsync();

        Assert.Equal(index, (await harness.Get<CheckpointIndex>().PageAsync(null, 10)).TakeLast(2));
        Assert.Equal(0, (await harness.CheckAsync()).Discrepancies);
    }

    [Fact]
    public async Task Unreadable_document_does_not_block_and_is_reported()
    {
        await using var harness = await AuditHarness.OpenAsync();
        var reference = await harness.MakeCaseAsync();
        harness.Checkpoints.Documents[CheckpointDocument.NameOf(1)] = "Not an anchor"u8.ToArray();

        await harness.NextDayAsync();

        Assert.Equal([reference], harness.Documents[1].Entries.Select(head => head.Case));
        Assert.Equal([DiscrepancyKind.CheckpointUnreadable], (await harness.CheckAsync()).Sample.Select(found => found.Kind));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_record_that_is_gone_or_shorter_than_it_was_rings_and_makes_no_endless_checkpoints(bool isGone)
    {
        await using var harness = await AuditHarness.OpenAsync();
        using var metrics = new CountedMetrics(harness.Get<ProductMetrics>());
        var (forged, other) = (await harness.MakeCaseAsync(), await harness.MakeCaseAsync());
        var version = (await harness.HeadAsync(forged)).Sequence;
        if (isGone) await harness.RemoveAsync(TableNames.Cases, forged.ToString(), "");
        else await harness.ForgeAsync(forged.ToString(), "state", head => head["Sequence"] = (long)head["Sequence"] - 1);

        await harness.NextDayAsync();
        await harness.NextDayAsync();

        Assert.Equal([other], harness.Entries.Select(head => head.Case));
        Assert.Equal(1, metrics["mappaflows.audit.discrepancies"]);
        var found = Assert.Single(await harness.Get<CheckpointIndex>().TruncatedStreamsAsync());
        Assert.Equal((forged, version, harness.Time.GetUtcNow() - TimeSpan.FromDays(1)), (found.Case, found.Version, found.At));
    }

    [Fact]
    public async Task A_short_record_is_kept_until_a_check_finds_it_whole_and_is_anchored_then()
    {
        await using var harness = await AuditHarness.OpenAsync();
        using var metrics = new CountedMetrics(harness.Get<ProductMetrics>());
        var (forged, other) = (await harness.MakeCaseAsync(), await harness.MakeCaseAsync());
        await harness.ForgeAsync(forged.ToString(), "state", head => head["Sequence"] = (long)head["Sequence"] - 1);
        await harness.NextDayAsync();
        await harness.CheckAsync();
        Assert.Single(await harness.Get<CheckpointIndex>().TruncatedStreamsAsync());

        await harness.ForgeAsync(forged.ToString(), "state", head => head["Sequence"] = (long)head["Sequence"] + 1);
        await harness.NextDayAsync();
        Assert.Single(await harness.Get<CheckpointIndex>().TruncatedStreamsAsync());
        await harness.CheckAsync();
        Assert.Empty(await harness.Get<CheckpointIndex>().TruncatedStreamsAsync());
        await harness.NextDayAsync();

        Assert.Equal([other, forged], harness.Entries.Select(head => head.Case));
        Assert.Equal(1, metrics["mappaflows.audit.discrepancies"]);
    }

    [Fact]
    public async Task A_short_record_whose_finder_was_killed_rings_all_the_same()
    {
        FaultyTableStore? store = null;
        await using var harness = await AuditHarness.OpenAsync(inner => store = new(
            inner,
            FaultPlan.Of(call => call is { Table: TableNames.Checkpoints, Operation: StoreOperation.Commit }
                && call.Row.StartsWith("truncated-", StringComparison.Ordinal) ? Fault.FailAfter : Fault.None)));
        using var metrics = new CountedMetrics(harness.Get<ProductMetrics>());
        var gone = await harness.MakeCaseAsync();
        await harness.RemoveAsync(TableNames.Cases, gone.ToString(), "");
        await Assert.ThrowsAsync<TableUnavailableException>(() => harness.Get<CheckpointWriter>().RunIfDueAsync());
        store!.Enabled = false;

        await harness.Get<CheckpointWriter>().RunIfDueAsync();
        await harness.NextDayAsync();

        Assert.Equal(gone, Assert.Single(await harness.Get<CheckpointIndex>().TruncatedStreamsAsync()).Case);
        Assert.Equal(1, metrics["mappaflows.audit.discrepancies"]);
    }

    [Fact]
    public async Task A_record_that_goes_on_and_is_short_again_is_another_finding()
    {
        await using var harness = await AuditHarness.OpenAsync();
        using var metrics = new CountedMetrics(harness.Get<ProductMetrics>());
        var forged = await harness.MakeCaseAsync();
        var version = (await harness.HeadAsync(forged)).Sequence;
        await harness.ForgeAsync(forged.ToString(), "state", head => head["Sequence"] = version - 1);
        await harness.NextDayAsync();
        await harness.ForgeAsync(forged.ToString(), "state", head => head["Sequence"] = version);
        await harness.GoOnAsync(forged);
        await harness.ForgeAsync(forged.ToString(), "state", head => head["Sequence"] = version);

        await harness.NextDayAsync();

        Assert.Equal(version + 1, Assert.Single(await harness.Get<CheckpointIndex>().TruncatedStreamsAsync()).Version);
        Assert.Equal(2, metrics["mappaflows.audit.discrepancies"]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public async Task Checkpoint_of_another_history_clears_no_changed_case(int further)
    {
        await using var harness = await AuditHarness.OpenAsync();
        var reference = await harness.MakeCaseAsync();
        var head = await harness.HeadAsync(reference);
        var other = head with { Sequence = head.Sequence + further, Hash = new string('0', head.Hash.Length) };
        harness.Checkpoints.Documents[CheckpointDocument.NameOf(1)] = new CheckpointDocument(
            1,
            harness.Time.GetUtcNow(),
            null,
            [other]).ToBytes();

        await harness.Get<CheckpointWriter>().RunIfDueAsync();

        Assert.Equal([other, head], harness.Entries);
        Assert.Equal(1, (await harness.Get<CheckpointIndex>().FindAsync(1))!.Entries);
        Assert.Equal(0, await harness.Get<ChangedCases>().CountAsync());
    }

    [Fact]
    public async Task Refreshed_caseload_row_marks_no_change()
    {
        await using var harness = await AuditHarness.OpenAsync();
        var reference = await harness.MakeCaseAsync();
        await harness.NextDayAsync();

        await harness.Get<CaseloadIndex>().RefreshAsync(reference, CancellationToken.None);

        Assert.Equal(0, await harness.Get<ChangedCases>().CountAsync());
    }

    [Fact]
    public async Task Failing_checkpoint_store_counts_as_a_failed_sweep()
    {
        await using var harness = await AuditHarness.OpenAsync();
        using var metrics = new CountedMetrics(harness.Get<ProductMetrics>());
        await harness.MakeCaseAsync();
        harness.Checkpoints.LosesAnswers = true;
        Assert.Equal(1, (await harness.Get<Sweep>().RunAsync(Sweep.Grace)).Failed);
        harness.Checkpoints.LosesAnswers = false;

        Assert.Equal(0, (await harness.Get<Sweep>().RunAsync(Sweep.Grace)).Failed);

        Assert.Single(harness.Entries);
        Assert.Equal((2, 1), (metrics["mappaflows.sweep.runs"], metrics["mappaflows.sweep.failures"]));
    }

    [Fact]
    public async Task Refused_attempt_is_in_the_next_checkpoint()
    {
        await using var product = await Product.StartAsync();
        var reference = await product.AcceptAsync(ManagementLevel.Level2);
        await product.DoAsync(SamplePeople.Coordinator, reference, new ProposeDisclosure { Content = SampleDisclosures.Content() });
        await product.Get<Sweep>().RunAsync(TimeSpan.Zero);
        Assert.Equal(0, await product.Get<ChangedCases>().CountAsync());

        var disclosure = (await product.CaseAsync(reference)).Disclosures[0];
        await product.Commands.ExecuteAsync(
            SamplePeople.Deputy,
            reference,
            new DecideDisclosure { Number = 1, Outcome = ApprovalOutcome.Approved, ContentHash = disclosure.ContentHash, Reasons = "Mine now." },
            "key");

        Assert.Equal(1, await product.CountAsync<ApprovalAttemptRefused>(reference));
        Assert.Equal([(reference, (await product.CaseAsync(reference)).Version)], await product.Get<ChangedCases>().ListAsync(10));
    }
}
