using System.Text.Json;

namespace MappaFlows.Workflows.Tests.Streams;

/// <summary>A state that older code stored is rebuilt from its events: its shape and meaning can change while streams live.</summary>
public sealed class StateVersionTests : IAsyncLifetime
{
    private Product _product = null!;

    private CaseReference _reference;

    public async ValueTask InitializeAsync()
    {
        _product = await Product.StartAsync();
        _reference = await _product.AcceptAsync(ManagementLevel.Level2);
    }

    public ValueTask DisposeAsync() => _product.DisposeAsync();

    [Fact]
    public async Task A_part_of_the_version_that_the_code_writes_is_read_as_it_is_stored()
    {
        var stored = await LoadAsync(new Revised(version: 1, withWords: false));

        Assert.False(stored.WasRebuilt);
    }

    [Fact]
    public async Task A_raised_version_rebuilds_the_state_in_its_new_shape_and_the_next_commit_stores_it()
    {
        var raised = new Revised(version: 2, withWords: false);

        var stored = await LoadAsync(raised);
        Assert.True(stored.WasRebuilt);
        Assert.Equal("ReferralSubmitted, ReferralAccepted", stored.State.Words);
        Assert.Equal(2, stored.Head.Sequence);

        await CommitAsync(raised, stored);
        var again = await LoadAsync(raised);
        Assert.False(again.WasRebuilt);
        Assert.Equal("ReferralSubmitted, ReferralAccepted, LevelChanged", again.State.Words);
        Assert.Null(await _product.Get<StreamVerifier>().VerifyAsync(CaseStreams.Of(_reference)));
    }

    [Fact]
    public async Task A_part_that_did_not_exist_when_the_state_was_stored_is_rebuilt()
    {
        var stored = await LoadAsync(new Revised(version: 1, withWords: true));

        Assert.True(stored.WasRebuilt);
        Assert.Equal("ReferralSubmitted, ReferralAccepted", stored.State.Words);
    }

    [Fact]
    public async Task The_real_model_goes_on_from_a_state_that_other_code_stored()
    {
        var other = new Revised(version: 2, withWords: true);
        await CommitAsync(other, await LoadAsync(other));

        Assert.Equal(ManagementLevel.Level3, (await _product.CaseAsync(_reference)).Level);
        await _product.DoAsync(SamplePeople.Coordinator, _reference, new ProposeDisclosure { Content = SampleDisclosures.Content() });
        Assert.Null(await _product.Get<StreamVerifier>().VerifyAsync(CaseStreams.Of(_reference)));
    }

    private async Task<StoredStream<Story>> LoadAsync(Revised model) =>
        (await _product.Get<StreamStore>().LoadAsync(model, _reference.ToString()))!;

    private async Task CommitAsync(Revised model, StoredStream<Story> before)
    {
        var changed = new LevelChanged(ManagementLevel.Level2, ManagementLevel.Level3, "The risk rose.");
        var info = new EventInfo(before.Head.Sequence + 1, Product.Start, "casey", "Casey");
        var stream = CaseStreams.Of(_reference);
        var state = model.Write(model.Apply(before.State, changed, info));
        var record = EventRecord.After(
            before.Head.Hash, stream, info, model.Events.NameOf(changed), model.Events.Write(changed), HashChain.OfState(info.Sequence,
                state));
        await _product.Get<StreamStore>().CommitAsync(
            stream,
            before.ETag,
            state,
            [new(stream, record, changed)],
            [],
            receipt: null);
    }

    private sealed record Story(string Words);

    /// <summary>A later version of the model: its state is another one, of the same events.</summary>
    private sealed class Revised : StreamModel<Story>
    {
        private readonly int _version;
        private readonly bool _withWords;

        public Revised(int version, bool withWords)
        {
            (_version, _withWords) = (version, withWords);
            Events.Add<ReferralSubmitted>();
            Events.Add<ReferralAccepted>();
            Events.Add<LevelChanged>();
        }

        public override string Table => TableNames.Cases;

        public override Story Apply(Story? state, StreamEvent happened, EventInfo info) =>
            new(state is null ? happened.GetType().Name : $"{state.Words}, {happened.GetType().Name}");

        protected override Decision DecideClean(Story? state, Command command, DecisionContext context) => Decision.Conflict("Nothing can be asked of it.");

        public override IReadOnlyList<StoredPart> Write(Story state) =>
        [
            new("Case", _version, JsonSerializer.Serialize(state, StreamJson.Options)),
            .. _withWords ? (IEnumerable<StoredPart>)[new("Words", 1, "{}")] : [],
        ];

        public override Story? Read(IReadOnlyDictionary<string, StoredPart> parts) =>
            parts["Case"].Version == _version && (!_withWords || parts.ContainsKey("Words"))
                ? JsonSerializer.Deserialize<Story>(parts["Case"].Json, StreamJson.Options)
                : null;
    }
}
