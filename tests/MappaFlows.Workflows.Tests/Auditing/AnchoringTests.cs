using System.Globalization;
using System.Text;
using MappaFlows.Core.Cases;
using MappaFlows.Core.Disclosures;
using MappaFlows.Tables;
using MappaFlows.Testing.Tables;
using MappaFlows.Workflows.Auditing;
using MappaFlows.Workflows.Caseload;
using MappaFlows.Workflows.Storage;
using MappaFlows.Workflows.Sweeping;
using MappaFlows.Workflows.Tests.Notifications;

namespace MappaFlows.Workflows.Tests.Auditing;

public sealed class AnchoringTests
{
    [Fact]
    public async Task Each_case_that_has_changed_is_anchored_at_its_newest_event_and_nothing_of_the_person_is()
    {
        await using var office = await RecordsOffice.OpenAsync();
        var (first, second) = (await office.MakeCaseAsync(), await office.MakeCaseAsync());
        await office.GoOnAsync(second);

        await office.Get<Anchoring>().RunIfDueAsync();

        var document = Assert.Single(office.Documents);
        Assert.Equal((1, office.Time.GetUtcNow(), null), (document.Number, document.At, document.Previous));
        Assert.Equivalent(new[] { await office.HeadAsync(first), await office.HeadAsync(second) }, document.Heads, strict: true);
        var text = Encoding.UTF8.GetString(Assert.Single(office.Vault.Documents).Value);
        Assert.DoesNotContain(Referrals.FamilyName, text);
        Assert.DoesNotContain(Team.Coordinator.Name, text);
        Assert.Equal(0, await office.Get<UnanchoredCases>().CountAsync());
    }

    [Fact]
    public async Task Only_what_has_changed_since_is_anchored_again_and_a_day_without_a_change_has_no_anchor()
    {
        await using var office = await RecordsOffice.OpenAsync();
        var (first, second) = (await office.MakeCaseAsync(), await office.MakeCaseAsync());
        await office.NextDayAsync();
        await office.NextDayAsync();
        await office.GoOnAsync(second);
        await office.NextDayAsync();

        Assert.Equal(2, office.Documents.Count);
        Assert.Equal([await office.HeadAsync(second)], office.Documents[1].Heads);
        Assert.Contains(await office.HeadAsync(first), office.Documents[0].Heads);
        Assert.Equal(
            new PreviousDocument("anchor-0000000001.jsonl", AnchorDocument.HashOf(office.Vault.Documents["anchor-0000000001.jsonl"])),
            office.Documents[1].Previous);
    }

    [Theory]
    [InlineData("2026-06-02T00:59:59", false)] // 1:59am in summer
    [InlineData("2026-06-02T01:00:00", true)]
    [InlineData("2026-06-01T22:00:00", false)]
    [InlineData("2026-06-05T00:30:00", true)] // days without a sweep
    public async Task A_day_is_due_from_2am_in_London(string utc, bool isDue)
    {
        await using var office = await RecordsOffice.OpenAsync();
        await office.Get<Anchoring>().RunIfDueAsync();
        await office.MakeCaseAsync();

        office.Time.SetUtcNow(DateTimeOffset.Parse(utc, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal));
        await office.Get<Anchoring>().RunIfDueAsync();

        Assert.Equal(isDue ? 1 : 0, office.Documents.Count);
    }

    [Theory]
    [InlineData("2027-03-28")] // the clocks go forward at 1am
    [InlineData("2026-10-25")] // and back at 2am
    [InlineData("2026-12-25")]
    public async Task A_sweep_every_five_minutes_anchors_once_a_day_also_when_the_clocks_change(string day)
    {
        await using var office = await RecordsOffice.OpenAsync();
        var reference = await office.MakeCaseAsync();
        office.Time.SetUtcNow(DateTimeOffset.Parse($"{day}T00:00:00", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal) - TimeSpan.FromHours(2));
        await office.Get<Anchoring>().RunIfDueAsync();
        var before = office.Documents.Count;

        for (var minutes = 0; minutes < 24 * 60; minutes += 5)
        {
            if (minutes % 60 == 0) await office.GoOnAsync(reference);
            office.Time.Advance(TimeSpan.FromMinutes(5));
            await office.Get<Anchoring>().RunIfDueAsync();
        }

        Assert.Equal(before + 1, office.Documents.Count);
    }

    [Fact]
    public async Task A_case_that_goes_on_while_it_is_anchored_is_anchored_again()
    {
        await using var office = await RecordsOffice.OpenAsync();
        var reference = await office.MakeCaseAsync();
        office.Vault.BeforeNextPut = () => office.GoOnAsync(reference);

        await office.Get<Anchoring>().RunIfDueAsync();

        Assert.Equal(2, office.Heads.Count());
        Assert.Equal(await office.HeadAsync(reference), office.Heads.Last());
    }

    [Fact]
    public async Task A_mark_that_changes_just_as_it_would_be_cleared_stays()
    {
        await using var office = await RecordsOffice.OpenAsync();
        var reference = await office.MakeCaseAsync();
        office.Vault.BeforeNextPut = () =>
        {
            // The next commit is that which clears the marks, which were read by then.
            office.Store.BeforeNextCommit = () => office.GoOnAsync(reference);
            return Task.CompletedTask;
        };

        await office.Get<Anchoring>().RunIfDueAsync();

        Assert.Equal(await office.HeadAsync(reference), office.Heads.Last());
        Assert.Equal(0, await office.Get<UnanchoredCases>().CountAsync());
    }

    [Fact]
    public async Task An_anchor_whose_maker_was_killed_before_it_knew_is_taken_in_by_the_next_run()
    {
        await using var office = await RecordsOffice.OpenAsync();
        await office.MakeCaseAsync();
        office.Vault.LosesAnswers = true;
        await Assert.ThrowsAsync<IOException>(() => office.Get<Anchoring>().RunIfDueAsync());
        office.Vault.LosesAnswers = false;

        await office.Get<Anchoring>().RunIfDueAsync();

        Assert.Single(office.Heads);
        Assert.Equal(1, (await office.Get<AnchorIndex>().NewestAsync())!.Number);
        Assert.Equal(0, await office.Get<UnanchoredCases>().CountAsync());
    }

    [Theory]
    [InlineData(Fault.FailBefore)]
    [InlineData(Fault.FailAfter)]
    public async Task A_run_that_ends_at_any_request_leaves_no_case_out_and_no_anchor_unread(Fault fault)
    {
        // Each request in turn, until a run ends without having come to it.
        for (var at = 1; ; at++)
        {
            FaultyTableStore? store = null;
            await using var office = await RecordsOffice.OpenAsync(inner => store = new(inner, FaultPlan.Once(fault, call => call.Number >= at)));
            var cases = new[] { await office.MakeCaseAsync(), await office.MakeCaseAsync() };

            await Record.ExceptionAsync(() => office.Get<Anchoring>().RunIfDueAsync());
            store!.Enabled = false;
            await office.Get<Anchoring>().RunIfDueAsync();

            Assert.All(cases, reference => Assert.InRange(office.Heads.Count(head => head.Case == reference), 1, 2));
            var check = await office.CheckAsync();
            Assert.Equal((0, office.Documents.Count), (check.Disagreements, check.Last));
            Assert.Equal(0, await office.Get<UnanchoredCases>().CountAsync());
            if (store.Injected.Count == 0) break;
        }
    }

    [Fact]
    public async Task Of_several_instances_at_once_each_case_is_anchored_once_and_the_anchors_follow_one_another()
    {
        await using var office = await RecordsOffice.OpenAsync();
        await office.Get<Anchoring>().RunIfDueAsync();
        for (var i = 0; i < 5; i++) await office.MakeCaseAsync();
        office.Time.Advance(TimeSpan.FromDays(1));

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => office.AnotherInstance().RunIfDueAsync())));

        Assert.Equal(5, office.Heads.Select(head => head.Case).Distinct().Count());
        Assert.Equal(5, office.Heads.Count());
        Assert.Equal(0, (await office.CheckAsync()).Disagreements);
    }

    [Fact]
    public async Task More_cases_than_one_anchor_holds_go_into_the_next_of_the_same_run()
    {
        await using var office = await RecordsOffice.OpenAsync();
        for (var i = 0; i < Anchoring.MostHeads + 3; i++) await office.MakeCaseAsync();

        await office.Get<Anchoring>().RunIfDueAsync();

        Assert.Equal([Anchoring.MostHeads, 3], office.Documents.Select(document => document.Heads.Count));
        Assert.Equal(Anchoring.MostHeads + 3, office.Heads.Select(head => head.Case).Distinct().Count());
    }

    [Fact]
    public async Task Cases_from_before_there_were_anchors_are_anchored_by_the_first_run()
    {
        await using var office = await RecordsOffice.OpenAsync();
        var (old, marked) = (await office.MakeCaseAsync(), await office.MakeCaseAsync());
        await office.RemoveAsync(TableNames.Caseload, Team.Area, $"unanchored-{old}");

        await office.Get<Anchoring>().RunIfDueAsync();

        Assert.Equivalent(new[] { await office.HeadAsync(old), await office.HeadAsync(marked) }, Assert.Single(office.Documents).Heads, strict: true);
    }

    [Fact]
    public async Task A_first_run_that_was_cut_short_goes_on_and_does_not_begin_again()
    {
        FaultyTableStore? store = null;
        await using var office = await RecordsOffice.OpenAsync(inner => store = new(
            inner, FaultPlan.Of(call => call is { Table: TableNames.Anchors, Operation: StoreOperation.Commit } && call.Row.StartsWith("anchor-", StringComparison.Ordinal) ? Fault.FailAfter : Fault.None)));
        await office.MakeCaseAsync();
        await Assert.ThrowsAsync<TableUnavailableException>(() => office.Get<Anchoring>().RunIfDueAsync());
        store!.Enabled = false;

        await office.Get<Anchoring>().RunIfDueAsync();

        Assert.Single(office.Heads);
    }

    [Fact]
    public async Task An_index_that_was_lost_is_made_anew_from_the_vault()
    {
        await using var office = await RecordsOffice.OpenAsync();
        var reference = await office.MakeCaseAsync();
        await office.NextDayAsync();
        await office.GoOnAsync(reference);
        await office.NextDayAsync();
        var index = await office.Get<AnchorIndex>().PageAsync(null, 10);
        await office.RemoveAsync(TableNames.Anchors, "anchors", "");

        await office.NextDayAsync();

        Assert.Equal(index, (await office.Get<AnchorIndex>().PageAsync(null, 10)).TakeLast(2));
        Assert.Equal(0, (await office.CheckAsync()).Disagreements);
    }

    [Fact]
    public async Task Something_that_is_no_anchor_under_the_next_name_holds_nothing_up_and_is_found()
    {
        await using var office = await RecordsOffice.OpenAsync();
        var reference = await office.MakeCaseAsync();
        office.Vault.Documents[AnchorDocument.NameOf(1)] = "Not an anchor"u8.ToArray();

        await office.NextDayAsync();

        Assert.Equal([reference], office.Documents[1].Heads.Select(head => head.Case));
        Assert.Equal([DisagreementKind.AnchorUnreadable], (await office.CheckAsync()).Told.Select(found => found.Kind));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_record_that_is_gone_or_shorter_than_it_was_rings_and_makes_no_endless_anchors(bool isGone)
    {
        await using var office = await RecordsOffice.OpenAsync();
        using var metrics = new CountedMetrics(office.Get<ProductMetrics>());
        var (forged, other) = (await office.MakeCaseAsync(), await office.MakeCaseAsync());
        var version = (await office.HeadAsync(forged)).Sequence;
        if (isGone) await office.RemoveAsync(TableNames.Cases, forged.ToString(), "");
        else await office.ForgeAsync(forged.ToString(), "head", head => head["Version"] = (long)head["Version"] - 1);

        await office.NextDayAsync();
        await office.NextDayAsync();

        Assert.Equal([other], office.Heads.Select(head => head.Case));
        Assert.Equal(1, metrics["mappaflows.audit.disagreements"]);
        var found = Assert.Single(await office.Get<AnchorIndex>().ShortRecordsAsync());
        Assert.Equal((forged, version, office.Time.GetUtcNow() - TimeSpan.FromDays(1)), (found.Case, found.Version, found.At));
    }

    [Fact]
    public async Task A_short_record_is_kept_until_a_check_finds_it_whole_and_is_anchored_then()
    {
        await using var office = await RecordsOffice.OpenAsync();
        using var metrics = new CountedMetrics(office.Get<ProductMetrics>());
        var (forged, other) = (await office.MakeCaseAsync(), await office.MakeCaseAsync());
        await office.ForgeAsync(forged.ToString(), "head", head => head["Version"] = (long)head["Version"] - 1);
        await office.NextDayAsync();
        await office.CheckAsync();
        Assert.Single(await office.Get<AnchorIndex>().ShortRecordsAsync());

        await office.ForgeAsync(forged.ToString(), "head", head => head["Version"] = (long)head["Version"] + 1);
        await office.NextDayAsync();
        Assert.Single(await office.Get<AnchorIndex>().ShortRecordsAsync());
        await office.CheckAsync();
        Assert.Empty(await office.Get<AnchorIndex>().ShortRecordsAsync());
        await office.NextDayAsync();

        Assert.Equal([other, forged], office.Heads.Select(head => head.Case));
        Assert.Equal(1, metrics["mappaflows.audit.disagreements"]);
    }

    [Fact]
    public async Task A_short_record_whose_finder_was_killed_rings_all_the_same()
    {
        FaultyTableStore? store = null;
        await using var office = await RecordsOffice.OpenAsync(inner => store = new(
            inner, FaultPlan.Of(call => call is { Table: TableNames.Anchors, Operation: StoreOperation.Commit } && call.Row.StartsWith("short-", StringComparison.Ordinal) ? Fault.FailAfter : Fault.None)));
        using var metrics = new CountedMetrics(office.Get<ProductMetrics>());
        var gone = await office.MakeCaseAsync();
        await office.RemoveAsync(TableNames.Cases, gone.ToString(), "");
        await Assert.ThrowsAsync<TableUnavailableException>(() => office.Get<Anchoring>().RunIfDueAsync());
        store!.Enabled = false;

        await office.Get<Anchoring>().RunIfDueAsync();
        await office.NextDayAsync();

        Assert.Equal(gone, Assert.Single(await office.Get<AnchorIndex>().ShortRecordsAsync()).Case);
        Assert.Equal(1, metrics["mappaflows.audit.disagreements"]);
    }

    [Fact]
    public async Task A_record_that_goes_on_and_is_short_again_is_another_finding()
    {
        await using var office = await RecordsOffice.OpenAsync();
        using var metrics = new CountedMetrics(office.Get<ProductMetrics>());
        var forged = await office.MakeCaseAsync();
        var version = (await office.HeadAsync(forged)).Sequence;
        await office.ForgeAsync(forged.ToString(), "head", head => head["Version"] = version - 1);
        await office.NextDayAsync();
        await office.ForgeAsync(forged.ToString(), "head", head => head["Version"] = version);
        await office.GoOnAsync(forged);
        await office.ForgeAsync(forged.ToString(), "head", head => head["Version"] = version);

        await office.NextDayAsync();

        Assert.Equal(version + 1, Assert.Single(await office.Get<AnchorIndex>().ShortRecordsAsync()).Version);
        Assert.Equal(2, metrics["mappaflows.audit.disagreements"]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public async Task An_anchor_of_another_history_takes_no_mark_off_a_case(int further)
    {
        await using var office = await RecordsOffice.OpenAsync();
        var reference = await office.MakeCaseAsync();
        var head = await office.HeadAsync(reference);
        var other = head with { Sequence = head.Sequence + further, Hash = new string('0', head.Hash.Length) };
        office.Vault.Documents[AnchorDocument.NameOf(1)] = new AnchorDocument(1, office.Time.GetUtcNow(), null, [other]).ToBytes();

        await office.Get<Anchoring>().RunIfDueAsync();

        Assert.Equal([other, head], office.Heads);
        Assert.Equal(1, (await office.Get<AnchorIndex>().FindAsync(1))!.Heads);
        Assert.Equal(0, await office.Get<UnanchoredCases>().CountAsync());
    }

    [Fact]
    public async Task Caseload_rows_that_are_made_anew_for_the_same_version_anchor_nothing()
    {
        await using var office = await RecordsOffice.OpenAsync();
        var reference = await office.MakeCaseAsync();
        await office.NextDayAsync();

        await office.Get<CaseloadIndex>().RefreshAsync(reference, CancellationToken.None);

        Assert.Equal(0, await office.Get<UnanchoredCases>().CountAsync());
    }

    [Fact]
    public async Task The_sweep_anchors_and_a_vault_that_fails_is_a_failure_of_a_sweep_that_ran()
    {
        await using var office = await RecordsOffice.OpenAsync();
        using var metrics = new CountedMetrics(office.Get<ProductMetrics>());
        await office.MakeCaseAsync();
        office.Vault.LosesAnswers = true;
        Assert.Equal(1, (await office.Get<Sweep>().RunAsync(Sweep.Grace)).Failed);
        office.Vault.LosesAnswers = false;

        Assert.Equal(0, (await office.Get<Sweep>().RunAsync(Sweep.Grace)).Failed);

        Assert.Single(office.Heads);
        Assert.Equal((2, 1), (metrics["mappaflows.sweep.runs"], metrics["mappaflows.sweep.failures"]));
    }

    [Fact]
    public async Task An_attempt_to_decide_that_was_refused_waits_for_the_next_anchor_too()
    {
        await using var product = await Product.StartAsync();
        var reference = await product.AcceptAsync(ManagementLevel.Level2);
        await product.DoAsync(Team.Coordinator, reference, new ProposeDisclosure { Content = Referrals.Content() });
        await product.Get<Sweep>().RunAsync(TimeSpan.Zero);
        Assert.Equal(0, await product.Get<UnanchoredCases>().CountAsync());

        var disclosure = (await product.CaseAsync(reference)).Disclosures[0];
        await product.Desk.ExecuteAsync(
            Team.LayAdviser,
            reference,
            new DecideDisclosure { Number = 1, Outcome = ApprovalOutcome.Approved, ContentHash = disclosure.ContentHash, Reasons = "Mine now." },
            "key");

        Assert.Equal(1, await product.CountAsync<ApprovalAttemptRefused>(reference));
        Assert.Equal([(reference, (await product.CaseAsync(reference)).Version)], await product.Get<UnanchoredCases>().ListAsync(10));
    }
}
