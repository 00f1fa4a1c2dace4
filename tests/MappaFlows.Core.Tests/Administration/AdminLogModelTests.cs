namespace MappaFlows.Core.Tests.Administration;

public sealed class AdminLogModelTests
{
    private static readonly Person Alex = new("alex", "Alex", "", "police", "hampshire", [Role.Administrator]);

    private static readonly AdminLogModel Model = new();

    [Fact]
    public void Request_keeps_what_was_asked() => Assert.Equal(
        new ActionRequested(AdminAction.Purge, "a", "why"),
        Assert.Single(Assert.IsType<Decision.Accepted>(Decide(new RequestAction(AdminAction.Purge, "a", "why"))).Events));

    [Fact]
    public void Request_without_the_right_is_forbidden() => Assert.Equal(
        RefusalKind.Forbidden,
        Assert.IsType<Decision.Refused>(Decide(new RequestAction(AdminAction.Purge, "a", "why"),
            Alex with { Roles = [Role.Coordinator] })).Kind);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("  ")]
    public void Request_without_a_reason_is_invalid(string? reason)
    {
        var refused = Assert.IsType<Decision.Refused>(Decide(new RequestAction(AdminAction.Purge, "a", reason)));

        Assert.Equal(new Problem("Reason", "Enter the reason"), Assert.Single(refused.Problems));
    }

    [Fact]
    public void Reason_has_a_limit()
    {
        Assert.IsType<Decision.Accepted>(Decide(new RequestAction(AdminAction.Purge, "a", new('x', RequestAction.MaxReason))));
        Assert.Equal(
            RefusalKind.Invalid,
            Assert.IsType<Decision.Refused>(Decide(new RequestAction(AdminAction.Purge, "a", new('x', RequestAction.MaxReason + 1)))).Kind);
    }

    [Fact]
    public void Request_is_open_until_its_outcome_is_recorded()
    {
        var requested = Apply(null, new ActionRequested(AdminAction.Purge, "a", "why"), 1);
        var both = Apply(requested, new ActionRequested(AdminAction.Purge, "b", "why"), 2);
        var completed = Apply(both, new ActionCompleted(1, true, "Done."), 3);

        Assert.Equal([1, 2], both.Open);
        Assert.Equal([2], completed.Open);
    }

    [Fact]
    public void Outcome_is_recorded_also_for_a_person_who_has_lost_the_right_meanwhile()
    {
        var state = Apply(null, new ActionRequested(AdminAction.Purge, "a", "why"), 1);

        var decision = Model.Decide(
            state,
            new CompleteAction(1, true, "Done."),
            new AdminContext(Alex with { Roles = [] }, DateTimeOffset.UnixEpoch));

        Assert.Equal(new ActionCompleted(1, true, "Done."), Assert.Single(Assert.IsType<Decision.Accepted>(decision).Events));
    }

    [Fact]
    public void Second_outcome_is_not_recorded()
    {
        var state = Apply(Apply(null, new ActionRequested(AdminAction.Purge, "a", "why"), 1), new ActionCompleted(1, true, "Done."), 2);

        Assert.Empty(Assert.IsType<Decision.Accepted>(Model.Decide(state, new CompleteAction(1, false, "Gone."), Context(Alex))).Events);
    }

    [Fact]
    public void Outcome_in_an_empty_log_is_refused() =>
        Assert.Equal(
            RefusalKind.NotFound,
            Assert.IsType<Decision.Refused>(Model.Decide(null, new CompleteAction(1, true, "Done."), Context(Alex))).Kind);

    [Fact]
    public void Open_requests_are_bounded_and_the_oldest_goes_first()
    {
        AdminLogState? state = null;
        for (
            var sequence = 1; sequence <= AdminLogState.MaxOpen + 2; sequence++)
        {
            state = Apply(state, new ActionRequested(AdminAction.Purge, "a", "why"), sequence);
        }

        Assert.Equal((AdminLogState.MaxOpen, 3, AdminLogState.MaxOpen + 2), (state!.Open.Count, state.Open[0], state.Open[^1]));
    }

    [Fact]
    public void State_and_events_read_as_they_were_written()
    {
        var state = Apply(null, new ActionRequested(AdminAction.Purge, "a", "why"), 7);
        StreamEvent[] events = [new ActionRequested(AdminAction.RetryEmail, "a", "why"), new ActionCompleted(1, false, "Gone.")];

        Assert.Equal([7], Model.Read(Model.Write(state).ToDictionary(part => part.Name))!.Open);
        Assert.Equal(events, events.Select(happened => Model.Events.Read(Model.Events.NameOf(happened), Model.Events.Write(happened))));
        Assert.Equal("""{"action":"RetryEmail","target":"a","reason":"why"}""", Model.Events.Write(events[0]));
    }

    [Fact]
    public void State_of_another_version_is_made_again_from_the_events()
    {
        var older = Model.Write(new()).Select(part => part with { Version = part.Version - 1 });

        Assert.Null(Model.Read(older.ToDictionary(part => part.Name)));
        Assert.Null(Model.Read(new Dictionary<string, StoredPart>()));
    }

    [Fact]
    public void Names_of_the_stored_events_last() => Assert.Equal(["ActionCompleted", "ActionRequested"], Model.Events.All.Keys.Order());

    private static Decision Decide(Command command, Person? person = null) => Model.Decide(null, command, Context(person ?? Alex));

    private static AdminContext Context(Person person) => new(person, DateTimeOffset.UnixEpoch);

    private static AdminLogState Apply(AdminLogState? state, StreamEvent happened, long sequence) =>
        Model.Apply(state, happened, new(sequence, DateTimeOffset.UnixEpoch, Alex.Id, Alex.Name));
}
