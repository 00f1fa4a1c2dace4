using MappaFlows.Tables;
using MappaFlows.Workflows.Tests.Email;

namespace MappaFlows.Workflows.Tests.Streams;

/// <summary>Somebody who can write to the table of the cases changes what is stored of one.</summary>
public sealed class BrokenRecordTests : IAsyncLifetime
{
    private Product _product = null!;
    private CaseReference _reference;

    private StreamStore Streams => _product.Get<StreamStore>();

    private StreamVerifier Verifier => _product.Get<StreamVerifier>();

    private StreamId Stream => CaseStreams.Of(_reference);

    /// <summary>A disclosure that waits for the Chair.</summary>
    public async ValueTask InitializeAsync()
    {
        _product = await Product.StartAsync();
        _reference = await _product.AcceptAsync(ManagementLevel.Level2);
        await _product.DoAsync(SamplePeople.Coordinator, _reference, new ProposeDisclosure { Content = SampleDisclosures.Content() });
        await _product.AdvanceAsync(TimeSpan.Zero);
    }

    public ValueTask DisposeAsync() => _product.DisposeAsync();

    [Fact]
    public async Task A_state_that_its_newest_event_did_not_seal_is_not_read_and_cannot_be_changed_and_is_told_once()
    {
        using var metrics = new CountedMetrics(_product.Get<ProductMetrics>());
        await ForgeStateAsync(seal: false);

        var broken = await Assert.ThrowsAsync<BrokenRecordException>(() => _product.CaseAsync(_reference));
        await Assert.ThrowsAsync<BrokenRecordException>(RecordAsync);

        Assert.Equal(Stream, broken.Stream);
        Assert.Equal(Stream, Assert.Single(await _product.Get<BrokenRecords>().ListAsync(10)).Stream);
        Assert.Equal(1, metrics["mappaflows.audit.discrepancies"]);
        Assert.Single(_product.Log.Lines, line => line.Contains("was changed outside MappaFlows", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_disclosure_cannot_be_recorded_on_a_forged_approval_also_where_its_seal_was_forged()
    {
        await ForgeStateAsync(seal: true);
        Assert.True((await _product.CaseAsync(_reference)).FindDisclosure(1)!.IsApproved);

        await Assert.ThrowsAsync<BrokenRecordException>(RecordAsync);

        Assert.Equal(0, await _product.CountAsync<DisclosureMade>(_reference));
        Assert.NotEmpty(await _product.Get<BrokenRecords>().ListAsync(10));
    }

    [Fact]
    public async Task A_disclosure_cannot_be_recorded_where_the_newest_event_was_forged_with_the_state()
    {
        await ForgeStateAsync(seal: true, withEvent: true);
        Assert.Null(await Verifier.VerifyAsync(Stream));

        await Assert.ThrowsAsync<BrokenRecordException>(RecordAsync);

        Assert.Equal(new StreamCheck(null, IsState: false, []), await Verifier.CheckAsync(CaseFeatures.Model,
            _reference.ToString()) with
        { Unreadable = [] });
    }

    [Fact]
    public async Task A_state_whose_seal_was_taken_away_is_made_from_the_events()
    {
        await ForgeStateAsync(seal: false, withoutSeal: true);

        await Assert.ThrowsAsync<BrokenRecordException>(() => _product.CaseAsync(_reference));

        await ForgeAsync("state", row => row["DisclosuresVersion"] = 0);
        Assert.True((await _product.CaseAsync(_reference)).FindDisclosure(1)!.IsAwaitingApproval);
    }

    [Fact]
    public async Task Any_change_of_any_column_of_the_state_is_found_by_the_check_and_by_reading()
    {
        var before = (await RowAsync("state")).Properties;
        foreach (var (column, value) in before)
        {
            foreach (var garbage in Garbage(value))
            {
                await ForgeAsync("state", row => row[column] = garbage);

                Assert.False((await Verifier.CheckAsync(CaseFeatures.Model, _reference.ToString())).IsWhole, $"{column}: {garbage}");
                await Assert.ThrowsAsync<BrokenRecordException>(() => _product.CaseAsync(_reference));
                await ForgeAsync("state", row => row[column] = value);
            }

            await ForgeAsync("state", row => row.Remove(column));
            Assert.NotNull(await Verifier.CheckAsync(CaseFeatures.Model, _reference.ToString()));
            await ForgeAsync("state", row => row[column] = value);
        }

        Assert.True((await Verifier.CheckAsync(CaseFeatures.Model, _reference.ToString())).IsWhole);
    }

    [Fact]
    public async Task A_state_of_each_kind_of_case_is_the_one_that_its_events_make()
    {
        await _product.AdvanceAsync(TimeSpan.FromDays(400));

        var check = await Verifier.CheckAsync(CaseFeatures.Model, _reference.ToString());

        Assert.True(check.IsWhole);
        Assert.True((await _product.EventsAsync(_reference)).Count > 4);
    }

    private Task RecordAsync() => _product.Commands.ExecuteAsync(
        SamplePeople.Coordinator,
        _reference,
        new RecordDisclosure(1, new() { On = new(2026, 6, 1), Method = DisclosureMethod.InPerson, RecipientUndertook = true }),
        "record");

    /// <summary>Makes the disclosure approved, as far as the state says.</summary>
    /// <param name="seal">Whether the state's own hashes are made to fit.</param>
    /// <param name="withEvent">Whether the newest event's are as well.</param>
    /// <param name="withoutSeal">Whether the seal is taken away, as if version 0.2.0 had stored it.</param>
    private async Task ForgeStateAsync(bool seal, bool withEvent = false, bool withoutSeal = false)
    {
        var state = (await RowAsync("state")).Properties;
        var loaded = await _product.CaseAsync(_reference);
        var items = loaded.Part<DisclosuresState>();
        var forged = loaded.With(items with
        {
            Items =
            [
                items.Items[0] with
                {
                    Stage = DisclosureStage.Approved,
                    Decision = new(ApprovalOutcome.Approved, "Forged.", SamplePeople.Chair.Id, Product.Start),
                },
            ],
        });
        var parts = CaseFeatures.Model.Write(forged);
        var part = parts.Single(one => one.Name == "Disclosures");
        var hash = HashChain.OfState(loaded.Version, parts);
        var sealedHash = HashChain.Seal((string)state["EventHash"], hash);
        await ForgeAsync("state", row =>
        {
            bool IsState(string key) =>
                key.StartsWith("Disclosures", StringComparison.Ordinal) && !key.EndsWith("Version", StringComparison.Ordinal);
            foreach (var column in row.Keys.Where(IsState).ToList()) row.Remove(column);
            row["Disclosures0"] = part.Json;
            if (seal) row["Hash"] = sealedHash;
            if (withoutSeal) row.Remove("EventHash");
        });
        if (withEvent)
            await ForgeAsync($"event-{loaded.Version:D10}", row => (row["State"], row["Hash"]) = (hash, sealedHash));
    }

    private static IEnumerable<object> Garbage(object value) =>
    [
        .. value switch
        {
            string text => [text + "x", "", "{", "null", 7],
            byte[] bytes => [bytes[..(bytes.Length / 2)], Array.Empty<byte>(), new byte[] { 1, 2, 3 }, "{", 7L],
            long number => [number + 1, number - 1, long.MaxValue, long.MinValue, "seven"],
            int number => new object[] { number + 1, "one" },
            _ => ["garbage"],
        },
    ];

    private async Task ForgeAsync(string row, Action<Dictionary<string, object>> change)
    {
        var entity = await RowAsync(row);
        var properties = new Dictionary<string, object>(entity.Properties);
        change(properties);
        await _product.Store.CommitAsync(Stream.Table, Stream.Id, [new Upsert(row, properties)]);
    }

    private async Task<Entity> RowAsync(string row) => (await _product.Store.GetAsync(Stream.Table, Stream.Id, row))!;
}
