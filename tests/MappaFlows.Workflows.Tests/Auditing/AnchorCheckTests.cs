using System.Text.Json;
using MappaFlows.Core.Cases;
using MappaFlows.Tables;
using MappaFlows.Workflows.Auditing;
using MappaFlows.Workflows.Cases;
using MappaFlows.Workflows.Inspecting;
using MappaFlows.Workflows.Storage;
using MappaFlows.Workflows.Tests.Notifications;

namespace MappaFlows.Workflows.Tests.Auditing;

/// <summary>What somebody does who can write to every table, and what a check finds of it.</summary>
public sealed class AnchorCheckTests : IAsyncLifetime
{
    private const int Events = 4;

    private RecordsOffice _office = null!;
    private CaseReference _forged;
    private CaseReference _other;

    /// <summary>Two cases, anchored on one day; the one that will be forged is anchored with more events on the next, and then goes on.</summary>
    public async ValueTask InitializeAsync()
    {
        _office = await RecordsOffice.OpenAsync();
        (_forged, _other) = (await _office.MakeCaseAsync(), await _office.MakeCaseAsync());
        await _office.NextDayAsync();
        while ((await _office.HeadAsync(_forged)).Sequence < Events) await _office.GoOnAsync(_forged);
        await _office.NextDayAsync();
        await _office.GoOnAsync(_forged);
    }

    public ValueTask DisposeAsync() => _office.DisposeAsync();

    [Fact]
    public async Task Cases_that_only_went_on_agree_with_all_their_anchors()
    {
        var check = await _office.CheckAsync();

        Assert.Equal((2, 3, 0), (check.Anchors, check.Heads, check.Disagreements));
        Assert.Empty(check.Told);
        Assert.All(await _office.Get<AnchorIndex>().PageAsync(null, 10), anchor => Assert.Equal((_office.Time.GetUtcNow(), 0), (anchor.CheckedAt, anchor.Disagreements)));
    }

    [Fact]
    public async Task A_change_of_anything_in_any_anchored_event_is_found_and_no_other_case_is_blamed()
    {
        for (var sequence = 1; sequence <= Events; sequence++)
        {
            var before = await EventAsync(sequence);
            foreach (var (property, forged) in before.Properties.SelectMany(property => Forgeries(property.Value).Select(forged => (property.Key, forged))))
            {
                await _office.ForgeAsync(_forged.ToString(), Row(sequence), row => row[property] = forged);

                var check = await _office.CheckAsync();

                Assert.All(check.Told, found => Assert.Equal((DisagreementKind.CaseChanged, _forged), (found.Kind, found.Case)));
                Assert.Contains(check.Told, found => found.Anchor == 2 && found.Event == sequence);
                await _office.ForgeAsync(_forged.ToString(), Row(sequence), row => row[property] = before.Properties[property]);
            }
        }

        Assert.Equal(0, (await _office.CheckAsync()).Disagreements);
    }

    [Fact]
    public async Task An_event_that_was_removed_is_found_wherever_it_stood()
    {
        for (var sequence = 1; sequence <= Events; sequence++)
        {
            var removed = await EventAsync(sequence);
            await _office.Store.CommitAsync(TableNames.Cases, _forged.ToString(), [new Delete(removed.Row)]);

            var found = Assert.Single((await _office.CheckAsync()).Told, told => told.Anchor == 2);

            Assert.Equal((_forged, sequence), (found.Case, found.Event));
            await _office.Store.CommitAsync(TableNames.Cases, _forged.ToString(), [new Insert(removed.Row, removed.Properties)]);
        }
    }

    [Fact]
    public async Task A_chain_that_was_written_anew_as_a_whole_fits_itself_and_not_its_anchors()
    {
        await RewriteAsync(from: 2);
        Assert.Null(await _office.Get<CaseStore>().FindBrokenSealAsync(_forged));

        var check = await _office.CheckAsync();

        var sequences = _office.Heads.Where(head => head.Case == _forged).Select(head => head.Sequence);
        Assert.Equal(sequences, check.Told.Select(found => found.Event!.Value));
        Assert.All(check.Told, found => Assert.Equal(_forged, found.Case));
        Assert.Equal(_office.Documents.Select(document => (DateTimeOffset?)document.At), check.Told.Select(found => found.At));
    }

    [Fact]
    public async Task A_record_that_was_cut_back_to_an_earlier_day_is_found()
    {
        var earlier = _office.Documents[0].Heads.Single(head => head.Case == _forged);
        for (var sequence = earlier.Sequence + 1; sequence <= Events + 1; sequence++)
            await _office.Store.CommitAsync(TableNames.Cases, _forged.ToString(), [new Delete(Row(sequence))]);
        await _office.ForgeAsync(_forged.ToString(), "head", head => (head["Version"], head["LastHash"]) = (earlier.Sequence, earlier.Hash));

        var found = Assert.Single((await _office.CheckAsync()).Told);

        Assert.Equal((2, _forged, earlier.Sequence + 1), (found.Anchor, found.Case, found.Event));
    }

    [Fact]
    public async Task A_case_that_was_removed_with_everything_is_found()
    {
        await _office.RemoveAsync(TableNames.Cases, _other.ToString(), "");
        await _office.RemoveAsync(TableNames.Caseload, Team.Area, "");

        var found = Assert.Single((await _office.CheckAsync()).Told);

        Assert.Equal((DisagreementKind.CaseChanged, _other, 1L), (found.Kind, found.Case, found.Event));
    }

    [Fact]
    public async Task An_anchor_that_was_removed_is_missed_and_its_follower_has_nothing_to_follow()
    {
        _office.Vault.Documents.Remove(AnchorDocument.NameOf(1), out _);

        Assert.Equal(
            [(DisagreementKind.AnchorMissing, 1L), (DisagreementKind.PredecessorChanged, 2L)],
            (await _office.CheckAsync()).Told.Select(found => (found.Kind, found.Anchor)));
    }

    [Fact]
    public async Task The_newest_anchor_is_missed_too_and_an_index_that_forgot_it_hides_nothing()
    {
        _office.Vault.Documents.Remove(AnchorDocument.NameOf(2), out var removed);
        Assert.Equal([(DisagreementKind.AnchorMissing, 2L)], (await _office.CheckAsync()).Told.Select(found => (found.Kind, found.Anchor)));

        _office.Vault.Documents[AnchorDocument.NameOf(2)] = removed!;
        await _office.RemoveAsync(TableNames.Anchors, "anchors", "anchor-");
        await RewriteAsync(from: Events);
        Assert.Equal([(DisagreementKind.CaseChanged, 2L)], (await _office.CheckAsync()).Told.Select(found => (found.Kind, found.Anchor)));
    }

    [Theory]
    [InlineData(1, new[] { DisagreementKind.AnchorChanged, DisagreementKind.CaseChanged, DisagreementKind.PredecessorChanged })]
    [InlineData(2, new[] { DisagreementKind.AnchorChanged, DisagreementKind.CaseChanged })]
    public async Task An_anchor_that_was_replaced_is_found(long number, DisagreementKind[] kinds)
    {
        var hash = _office.Documents[(int)number - 1].Heads.Single(head => head.Case == _forged).Hash;
        _office.Replace(number, text => text.Replace(hash, new string('0', hash.Length), StringComparison.Ordinal));

        Assert.Equal(kinds, (await _office.CheckAsync()).Told.Select(found => found.Kind));
    }

    [Fact]
    public async Task What_cannot_be_read_any_more_is_no_anchor()
    {
        _office.Replace(2, text => text[..^2]);

        Assert.Equal(
            [DisagreementKind.AnchorChanged, DisagreementKind.AnchorUnreadable], (await _office.CheckAsync()).Told.Select(found => found.Kind));
    }

    [Theory]
    [InlineData(9_999_999_999, 9_999_999_998)]
    [InlineData(4, 4)]
    public async Task A_document_whose_number_follows_none_is_one_disagreement_and_makes_no_longer_check(long number, long another)
    {
        using var metrics = new CountedMetrics(_office.Get<ProductMetrics>());
        foreach (var stray in new[] { number, another }) _office.Vault.Documents[AnchorDocument.NameOf(stray)] = "Not an anchor"u8.ToArray();
        Assert.Equal((1, 2), (await _office.Get<AuditChecks>().FindAsync(AuditChecks.All))!.Value);

        var check = await _office.CheckAsync();

        Assert.Equal((2, 1, 1), (check.Anchors, check.Disagreements, metrics["mappaflows.audit.disagreements"]));
        Assert.Equal(new Disagreement(DisagreementKind.AnchorStray, another), Assert.Single(check.Told));
        Assert.All(await _office.Get<AnchorIndex>().PageAsync(null, 10), anchor => Assert.Equal(0, anchor.Disagreements));
    }

    [Fact]
    public async Task The_administrators_audit_is_anchored_too_and_goes_on()
    {
        await AnchorActsAsync(3);
        await _office.Get<AuditLog>().BeginAsync(Team.Coordinator, AdminAct.Purge, "a", "why", "later");

        Assert.Equal(3, _office.Documents[^1].Administrators!.Sequence);
        Assert.Equal(0, (await _office.CheckAsync()).Disagreements);
    }

    [Theory]
    [InlineData("Reason")]
    [InlineData("Act")]
    [InlineData("PersonName")]
    [InlineData("Hash")]
    public async Task A_changed_entry_of_the_administrators_audit_is_found(string property)
    {
        await AnchorActsAsync(3);
        await _office.ForgeAsync("inspect", "entry-0000000002", row => row[property] = "Another", TableNames.Audit);

        var found = Assert.Single((await _office.CheckAsync()).Told);

        Assert.Equal((DisagreementKind.AdministratorsChanged, 3L, 2L), (found.Kind, found.Anchor, found.Event));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 3)]
    public async Task A_removed_entry_of_the_administrators_audit_is_found(long removed, long at)
    {
        await AnchorActsAsync(3);
        await _office.RemoveAsync(TableNames.Audit, "inspect", $"entry-{removed:D10}");

        Assert.Equal(at, Assert.Single((await _office.CheckAsync()).Told).Event);
    }

    [Fact]
    public async Task An_administrators_audit_that_was_written_anew_as_a_whole_is_found()
    {
        await AnchorActsAsync(3);
        await _office.RemoveAsync(TableNames.Audit, "inspect", "");
        await ActAsync(3, "Something harmless");
        Assert.Null((await _office.Get<AuditLog>().PageAsync(null, 10)).BrokenAt);

        var found = Assert.Single((await _office.CheckAsync()).Told);

        Assert.Equal((DisagreementKind.AdministratorsChanged, 3L), (found.Kind, found.Event));
    }

    [Fact]
    public async Task What_is_found_is_counted_for_the_alert_and_kept_with_the_anchor()
    {
        using var metrics = new CountedMetrics(_office.Get<ProductMetrics>());
        await RewriteAsync(from: 1);

        var check = await _office.CheckAsync();

        Assert.Equal((2, 2), (check.Disagreements, metrics["mappaflows.audit.disagreements"]));
        Assert.All(await _office.Get<AnchorIndex>().PageAsync(null, 10), anchor => Assert.Equal(1, anchor.Disagreements));
        Assert.Equal(JsonSerializer.Serialize(check), JsonSerializer.Serialize(await _office.Get<AnchorIndex>().LastCheckAsync()));
    }

    [Fact]
    public void Of_very_many_disagreements_the_first_are_told_and_all_are_counted()
    {
        var many = Enumerable.Range(1, 15).Select(i => new Disagreement(DisagreementKind.AnchorMissing, i)).ToList();
        var progress = new CheckProgress("check", 1, 2, 0, DateTimeOffset.UnixEpoch)
            .With(new(15, many), DateTimeOffset.UnixEpoch)
            .With(new(15, many), DateTimeOffset.UnixEpoch);

        Assert.True(progress.IsOver);
        Assert.Equal((30, 30), (progress.Heads, progress.Disagreements));
        Assert.Equal([.. many, .. many.Take(5)], progress.Told);
    }

    /// <summary>So many acts of administrators, and an anchor after them.</summary>
    private async Task AnchorActsAsync(int count)
    {
        await ActAsync(count, "why");
        await _office.NextDayAsync();
    }

    private async Task ActAsync(int count, string reason)
    {
        for (var i = 0; i < count; i++) await _office.Get<AuditLog>().BeginAsync(Team.Coordinator, AdminAct.Purge, "a", reason, $"key-{i}");
    }

    /// <summary>Writes the forged case's events anew from one on, each sealed to the one before, with a head that fits: all that the tables allow.</summary>
    private async Task RewriteAsync(long from)
    {
        var events = await _office.Get<CaseStore>().EventsAsync(_forged);
        var previous = from == 1 ? RecordedEvent.Genesis : events[(int)from - 2].Hash;
        foreach (var recorded in events.Skip((int)from - 1))
        {
            var written = RecordedEvent.After(previous, _forged, recorded.Sequence, recorded.At, recorded.ActorId, "Somebody else", recorded.Event);
            await _office.ForgeAsync(
                _forged.ToString(),
                Row(recorded.Sequence),
                row => (row["ActorName"], row["PreviousHash"], row["Hash"]) = (written.ActorName, written.PreviousHash, written.Hash));
            previous = written.Hash;
        }

        await _office.ForgeAsync(_forged.ToString(), "head", head => head["LastHash"] = previous);
    }

    private async Task<Entity> EventAsync(long sequence) => (await _office.Store.GetAsync(TableNames.Cases, _forged.ToString(), Row(sequence)))!;

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
        var properties = new Dictionary<string, object> { ["Event0"] = packed };
        PackedJson.Add(properties, "Event", PackedJson.ReadText(properties, "Event") + " ");
        return (byte[])properties["Event0"];
    }
}
