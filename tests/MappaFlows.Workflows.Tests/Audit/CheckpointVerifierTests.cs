using System.Text.Json;
using MappaFlows.Tables;
using MappaFlows.Workflows.Tests.Administration;
using MappaFlows.Workflows.Tests.Email;

namespace MappaFlows.Workflows.Tests.Audit;

/// <summary>What somebody does who can write to every table, and what a check finds of it.</summary>
public sealed class CheckpointVerifierTests : IAsyncLifetime
{
    private const int Events = 4;

    private AuditHarness _harness = null!;
    private CaseReference _forged;
    private CaseReference _other;

    /// <summary>
    /// Two cases, anchored on one day; the one that will be forged is anchored with more events on the next, and then goes on.
    /// </summary>
    public async ValueTask InitializeAsync()
    {
        _harness = await AuditHarness.OpenAsync();
        (_forged, _other) = (await _harness.MakeCaseAsync(), await _harness.MakeCaseAsync());
        await _harness.NextDayAsync();
        while ((await _harness.HeadAsync(_forged)).Sequence < Events) await _harness.GoOnAsync(_forged);
        await _harness.NextDayAsync();
        await _harness.GoOnAsync(_forged);
    }

    public ValueTask DisposeAsync() => _harness.DisposeAsync();

    [Fact]
    public async Task Later_events_keep_old_checkpoints_valid()
    {
        var check = await _harness.CheckAsync();

        Assert.Equal((2, 3, 0), (check.Checkpoints, check.Entries, check.Discrepancies));
        Assert.Empty(check.Sample);
        Assert.All(
            await _harness.Get<CheckpointIndex>().PageAsync(null, 10),
            checkpoint => Assert.Equal((_harness.Time.GetUtcNow(), 0), (checkpoint.CheckedAt, checkpoint.Discrepancies)));
    }

    [Fact]
    public async Task A_change_of_anything_in_any_anchored_event_is_found_and_no_other_case_is_blamed()
    {
        for (var sequence = 1; sequence <= Events; sequence++)
        {
            var before = await EventAsync(sequence);
            foreach (
                var (property, forged) in before.Properties.SelectMany(property =>
                    Forgeries(property.Value).Select(forged => (property.Key, forged))))
            {
                await _harness.ForgeAsync(_forged.ToString(), Row(sequence), row => row[property] = forged);

                var check = await _harness.CheckAsync();

                Assert.All(check.Sample, found => Assert.Equal((DiscrepancyKind.CaseChanged, _forged), (found.Kind, found.Case)));
                Assert.Contains(check.Sample, found => found.Checkpoint == 2 && found.Event == sequence);
                await _harness.ForgeAsync(_forged.ToString(), Row(sequence), row => row[property] = before.Properties[property]);
            }
        }

        Assert.Equal(0, (await _harness.CheckAsync()).Discrepancies);
    }

    [Fact]
    public async Task Removed_event_is_found()
    {
        for (var sequence = 1; sequence <= Events; sequence++)
        {
            var removed = await EventAsync(sequence);
            await _harness.Store.CommitAsync(TableNames.Cases, _forged.ToString(), [new Delete(removed.Row)]);

            var found = Assert.Single((await _harness.CheckAsync()).Sample, told => told.Checkpoint == 2);

            Assert.Equal((_forged, sequence), (found.Case, found.Event));
            await _harness.Store.CommitAsync(TableNames.Cases, _forged.ToString(), [new Insert(removed.Row, removed.Properties)]);
        }
    }

    [Fact]
    public async Task A_chain_that_was_written_again_as_a_whole_fits_itself_and_not_its_checkpoints()
    {
        await RewriteAsync(from: 2);
        Assert.Null(await _harness.Get<StreamVerifier>().VerifyAsync(CaseStreams.Of(_forged)));

        var check = await _harness.CheckAsync();

        var sequences = _harness.Entries.Where(head => head.Case == _forged).Select(head => head.Sequence);
        Assert.Equal(sequences, check.Sample.Select(found => found.Event!.Value));
        Assert.All(check.Sample, found => Assert.Equal(_forged, found.Case));
        Assert.Equal(_harness.Documents.Select(document => (DateTimeOffset?)document.At), check.Sample.Select(found => found.At));
    }

    [Fact]
    public async Task A_record_that_was_cut_back_to_an_earlier_day_is_found()
    {
        var earlier = _harness.Documents[0].Entries.Single(head => head.Case == _forged);
        for (var sequence = earlier.Sequence + 1; sequence <= Events + 1; sequence++)
            await _harness.Store.CommitAsync(TableNames.Cases, _forged.ToString(), [new Delete(Row(sequence))]);
        await _harness.ForgeAsync(_forged.ToString(), "state", head => (head["Sequence"], head["Hash"]) = (earlier.Sequence, earlier.Hash));

        var check = await _harness.CheckAsync();

        Assert.Equal(
            [(1L, DiscrepancyKind.StateChanged, (long?)null), (2L, DiscrepancyKind.CaseChanged, earlier.Sequence + 1)],
            check.Sample.Select(found => (found.Checkpoint, found.Kind, found.Event)));
        Assert.All(check.Sample, found => Assert.Equal(_forged, found.Case));
    }

    [Fact]
    public async Task A_case_that_was_removed_with_everything_is_found()
    {
        await _harness.RemoveAsync(TableNames.Cases, _other.ToString(), "");
        await _harness.RemoveAsync(TableNames.Caseload, SamplePeople.Area, "");

        var found = Assert.Single((await _harness.CheckAsync()).Sample);

        Assert.Equal((DiscrepancyKind.CaseChanged, _other, 1L), (found.Kind, found.Case, found.Event));
    }

    [Fact]
    public async Task Removed_checkpoint_is_found()
    {
        _harness.Checkpoints.Documents.Remove(CheckpointDocument.NameOf(1), out _);

        Assert.Equal(
            [(DiscrepancyKind.CheckpointMissing, 1L), (DiscrepancyKind.PredecessorChanged, 2L)],
            (await _harness.CheckAsync()).Sample.Select(found => (found.Kind, found.Checkpoint)));
    }

    [Fact]
    public async Task Removed_latest_checkpoint_is_found()
    {
        _harness.Checkpoints.Documents.Remove(CheckpointDocument.NameOf(2), out var removed);
        Assert.Equal(
            [(DiscrepancyKind.CheckpointMissing, 2L)],
            (await _harness.CheckAsync()).Sample.Select(found => (found.Kind, found.Checkpoint)));

        _harness.Checkpoints.Documents[CheckpointDocument.NameOf(2)] = removed!;
        await _harness.RemoveAsync(TableNames.Checkpoints, "checkpoints", "checkpoint-");
        await RewriteAsync(from: Events);
        Assert.Equal(
            [(DiscrepancyKind.CaseChanged, 2L)],
            (await _harness.CheckAsync()).Sample.Select(found => (found.Kind, found.Checkpoint)));
    }

    [Theory]
    [InlineData(1, new[] { DiscrepancyKind.CheckpointChanged, DiscrepancyKind.CaseChanged, DiscrepancyKind.PredecessorChanged })]
    [InlineData(2, new[] { DiscrepancyKind.CheckpointChanged, DiscrepancyKind.CaseChanged })]
    public async Task Replaced_checkpoint_is_found(long number, DiscrepancyKind[] kinds)
    {
        var hash = _harness.Documents[(int)number - 1].Entries.Single(head => head.Case == _forged).Hash;
        _harness.Replace(number, text => text.Replace(hash, new string('0', hash.Length), StringComparison.Ordinal));

        Assert.Equal(kinds, (await _harness.CheckAsync()).Sample.Select(found => found.Kind));
    }

    [Fact]
    public async Task Unreadable_checkpoint_is_reported()
    {
        _harness.Replace(2, text => text[..^2]);

        Assert.Equal(
            [DiscrepancyKind.CheckpointChanged, DiscrepancyKind.CheckpointUnreadable],
            (await _harness.CheckAsync()).Sample.Select(found => found.Kind));
    }

    [Theory]
    [InlineData(9_999_999_999, 9_999_999_998)]
    [InlineData(4, 4)]
    public async Task A_document_whose_number_follows_none_is_one_disagreement_and_makes_no_longer_check(long number, long another)
    {
        using var metrics = new CountedMetrics(_harness.Get<ProductMetrics>());
        foreach (var stray in new[] { number, another }) _harness.Checkpoints.Documents[CheckpointDocument.NameOf(stray)] = "Not an anchor"u8.ToArray();
        Assert.Equal((1, 2), (await _harness.Get<Verifications>().FindAsync(Verifications.All))!.Value);

        var check = await _harness.CheckAsync();

        Assert.Equal((2, 1, 1), (check.Checkpoints, check.Discrepancies, metrics["mappaflows.audit.discrepancies"]));
        Assert.Equal(new Discrepancy(DiscrepancyKind.UnexpectedCheckpoint, another), Assert.Single(check.Sample));
        Assert.All(await _harness.Get<CheckpointIndex>().PageAsync(null, 10), checkpoint => Assert.Equal(0, checkpoint.Discrepancies));
    }

    [Fact]
    public async Task Checkpoint_covers_the_administrators_log()
    {
        await CheckpointActionsAsync(3);
        await AdminLogSamples.RequestAsync(_harness.Get<CommandHandler<AdminLogState>>(), "later");

        Assert.Equal(3, _harness.Documents[^1].Administrators!.Sequence);
        Assert.Equal(0, (await _harness.CheckAsync()).Discrepancies);
    }

    [Theory]
    [InlineData("Data0")]
    [InlineData("Type")]
    [InlineData("ActorName")]
    [InlineData("Hash")]
    public async Task A_changed_event_of_the_administrators_log_is_found(string property)
    {
        await CheckpointActionsAsync(3);
        await _harness.ForgeAsync("log", "event-0000000002", row => row[property] = "Another", TableNames.Administration);

        var found = Assert.Single((await _harness.CheckAsync()).Sample);

        Assert.Equal((DiscrepancyKind.AdministratorsChanged, 3L, 2L), (found.Kind, found.Checkpoint, found.Event));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 3)]
    public async Task A_removed_event_of_the_administrators_log_is_found(long removed, long at)
    {
        await CheckpointActionsAsync(3);
        await _harness.RemoveAsync(TableNames.Administration, "log", $"event-{removed:D10}");

        Assert.Equal(at, Assert.Single((await _harness.CheckAsync()).Sample).Event);
    }

    [Fact]
    public async Task A_changed_outcome_in_the_administrators_log_is_found()
    {
        await ActAsync(1, "why");
        await AdminLogSamples.CompleteAsync(_harness.Get<CommandHandler<AdminLogState>>(), 1);
        await _harness.NextDayAsync();
        await _harness.ForgeAsync("log", "event-0000000002", row => row["Data0"] = ((string)row["Data0"]).Replace("removed", "kept"), TableNames.Administration);

        Assert.Equal(2, Assert.Single((await _harness.CheckAsync()).Sample).Event);
    }

    [Fact]
    public async Task Rewritten_administrators_log_is_found()
    {
        await CheckpointActionsAsync(3);
        await _harness.RemoveAsync(TableNames.Administration, "log", "");
        await ActAsync(3, "Something harmless");
        Assert.Null((await _harness.Get<AdminLog>().PageAsync(null, 10)).BrokenAt);

        var found = Assert.Single((await _harness.CheckAsync()).Sample);

        Assert.Equal((DiscrepancyKind.AdministratorsChanged, 3L), (found.Kind, found.Event));
    }

    [Fact]
    public async Task Discrepancies_are_counted_and_kept()
    {
        using var metrics = new CountedMetrics(_harness.Get<ProductMetrics>());
        await RewriteAsync(from: 1);

        var check = await _harness.CheckAsync();

        Assert.Equal((2, 2), (check.Discrepancies, metrics["mappaflows.audit.discrepancies"]));
        Assert.All(await _harness.Get<CheckpointIndex>().PageAsync(null, 10), checkpoint => Assert.Equal(1, checkpoint.Discrepancies));
        Assert.Equal(
            JsonSerializer.Serialize(check),
            JsonSerializer.Serialize(await _harness.Get<CheckpointIndex>().LastVerificationAsync()));
    }

    [Fact]
    public void Verification_keeps_a_sample_of_discrepancies_and_counts_all()
    {
        var many = Enumerable.Range(1, 15).Select(i => new Discrepancy(DiscrepancyKind.CheckpointMissing, i)).ToList();
        var progress = new VerificationProgress("check", 1, 2, 0, DateTimeOffset.UnixEpoch)
            .With(new(15, many), DateTimeOffset.UnixEpoch)
            .With(new(15, many), DateTimeOffset.UnixEpoch);

        Assert.True(progress.IsOver);
        Assert.Equal((30, 30), (progress.Entries, progress.Discrepancies));
        Assert.Equal([.. many, .. many.Take(5)], progress.Sample);
    }

    /// <summary>So many acts of administrators, and an anchor after them.</summary>
    private async Task CheckpointActionsAsync(int count)
    {
        await ActAsync(count, "why");
        await _harness.NextDayAsync();
    }

    private async Task ActAsync(int count, string reason)
    {
        for (var i = 0; i < count; i++) await AdminLogSamples.RequestAsync(_harness.Get<CommandHandler<AdminLogState>>(), $"key-{i}", reason);
    }

    /// <summary>
    /// Writes the forged case's events anew from one on, each sealed to the one before, with a head that fits: all that the tables allow.
    /// </summary>
    private async Task RewriteAsync(long from)
    {
        var events = await _harness.Get<StreamStore>().EventsAsync(CaseFeatures.Model.Events, CaseStreams.Of(_forged));
        EventRecord? last = null;
        var previous = from == 1 ? HashChain.Start : events[(int)from - 2].Hash;
        foreach (var recorded in events.Skip((int)from - 1))
        {
            var info = recorded.Record.Info with { ActorName = "Someone else" };
            var written = EventRecord.After(
                previous, CaseStreams.Of(_forged), info, recorded.Record.Type, recorded.Record.Data, recorded.Record.State);
            await _harness.ForgeAsync(
                _forged.ToString(),
                Row(recorded.Sequence),
                row => (row["ActorName"], row["PreviousHash"], row["Hash"]) = (written.Info.ActorName, written.PreviousHash, written.Hash));
            previous = written.Hash;
            last = written;
        }

        await _harness.ForgeAsync(
            _forged.ToString(),
            "state",
            head => (head["Hash"], head["EventHash"]) = (last!.Hash, last.EventHash(CaseStreams.Of(_forged))));
    }

    private async Task<Entity> EventAsync(long sequence) =>
        (await _harness.Store.GetAsync(TableNames.Cases, _forged.ToString(), Row(sequence)))!;

    private static string Row(long sequence) => $"event-{sequence:D10}";

    private static IEnumerable<object> Forgeries(object value) => value switch
    {
        string text => [text + "0", text.Length > 0 ? "" : " ", 1L],
        DateTimeOffset at => [at.AddTicks(1)],
        byte[] packed => [Repacked(packed), new byte[packed.Length], Array.Empty<byte>()],
        _ => throw new ArgumentOutOfRangeException(nameof(value), value, "Events have no such property."),
    };

    /// <summary>The same event in other words: a blank more.</summary>
    private static byte[] Repacked(byte[] packed)
    {
        var properties = new Dictionary<string, object> { ["Data0"] = packed };
        PackedJson.Add(properties, "Data", PackedJson.ReadText(properties, "Data") + " ");
        return (byte[])properties["Data0"];
    }
}
