using System.Text.Json;

namespace MappaFlows.Core.Cases;

/// <summary>
/// The table of everything that a case can do: its commands, events, parts and obligations, each registered by its feature. Built once; no
/// feature is named here.
/// </summary>
public sealed partial class CaseModel : StreamModel<CaseState>
{
    private const string NoRight = "You do not have the right to do this in this case.";

    private readonly Dictionary<Type, EventRow> _events = [];
    private readonly Dictionary<Type, CommandRow> _commands = [];
    private readonly List<PartRow> _parts = [];
    private readonly List<ObligationRow> _obligations = [];
    private readonly List<Func<Person, CaseState, CaseScope?>> _readers = [];
    private readonly List<Func<CaseState, IEnumerable<CaseEvent>>> _beforeClosing = [];

    private CaseModel()
    {
    }

    public override string Table => "Cases";

    /// <summary>The types of the commands that are registered.</summary>
    public IReadOnlyCollection<Type> Commands => _commands.Keys;

    /// <summary>The kinds of obligations that are registered.</summary>
    public IReadOnlyList<ObligationKind> Obligations => [.. _obligations.SelectMany(row => row.Kinds)];

    /// <summary>Builds the model: the kernel first, then each feature. A feature follows only events of those before it.</summary>
    public static CaseModel Build(params IReadOnlyList<Action<CaseModel>> features)
    {
        var model = new CaseModel();
        CaseKernel.Register(model);
        foreach (var register in features) register(model);
        return model;
    }

    public StreamId Stream(CaseReference reference) => Stream(reference.ToString());

    /// <summary>Whether the person may give this command in this case at all; the decision itself may still refuse it.</summary>
    public bool May(Person person, CaseCommand command, CaseState state) => _commands[command.GetType()].May(person, state, command);

    public override CaseState Apply(CaseState? state, StreamEvent happened, EventInfo info)
    {
        var row = _events[happened.GetType()];
        var next = row.Begin is { } begin
            ? begin(happened, info)
            : state ?? throw new InvalidOperationException($"A case does not begin with {happened.GetType().Name}.");
        foreach (var apply in row.Applies) next = apply(next, happened, info);
        return next with { Version = info.Sequence };
    }

    protected override Decision DecideClean(CaseState? state, Command command, DecisionContext context)
    {
        var (row, given) = (_commands[command.GetType()], (CaseContext)context);
        if (row.Open is { } open) return open(state, command, given);
        if (state is null) return Decision.NotFound("There is no case with this reference.");

        var decision = row.May(given.Actor, state, command) ? row.Decide(state, command, given) : Decision.Forbidden(NoRight);
        return decision switch
        {
            Decision.Refused refused when row.WhenRefused is { } keep => keep(state, command, given, refused),
            Decision.Accepted accepted => Decision.Accept(WithClosing(state, accepted.Events, given)),
            _ => decision,
        };
    }

    public override IReadOnlyList<StoredPart> Write(CaseState state) =>
    [
        new(CaseKernel.PartName, CaseKernel.Version, JsonSerializer.Serialize(state, StreamJson.Options)),
        .. _parts.Select(part => new StoredPart(part.Name, part.Version, part.Write(state))),
    ];

    public override CaseState? Read(IReadOnlyDictionary<string, StoredPart> parts)
    {
        if (Json(CaseKernel.PartName, CaseKernel.Version) is not { } kernel) return null;
        var state = JsonSerializer.Deserialize<CaseState>(kernel, StreamJson.Options)!;
        foreach (var part in _parts)
        {
            if (Json(part.Name, part.Version) is not { } json) return null;
            state = part.Read(state, json);
        }

        return state;

        string? Json(string name, int version) => parts.TryGetValue(name, out var part) && part.Version == version ? part.Json : null;
    }

    /// <summary>Everything that the case waits for.</summary>
    public Timetable TimetableOf(CaseState state, PolicyBook policy, WorkingCalendar calendar)
    {
        var clocks = new CaseClocks(state, policy, calendar);
        var reminders = state.Part<RemindersState>();
        List<Obligation> all = [.. _obligations.SelectMany(row => row.Of(state, clocks)).Select(obligation => reminders.Mark(obligation, clocks))];
        return new(state, all.Select(obligation => obligation.WarnsOfUndone && Timetable.UndoneAt(all, obligation.Due!.At).Count == 0
            ? obligation with { RemindAt = null }
            : obligation));
    }

    /// <summary>What follows when the obligation's time is over.</summary>
    internal IEnumerable<CaseEvent> Expire(CaseState state, Obligation obligation, CaseContext context) =>
        RowOf(obligation.Kind).Expire is { } expire
            ? expire(state, obligation, context)
            : throw new InvalidOperationException($"No feature says what follows when {obligation.Kind} expires.");

    /// <summary>
    /// What is still open ends before the case closes; what ended in the same decision stays ended. The closing says what was not done.
    /// </summary>
    private IReadOnlyList<StreamEvent> WithClosing(CaseState state, IReadOnlyList<StreamEvent> events, CaseContext context)
    {
        var closing = events.TakeWhile(happened => happened is not CaseClosed).Count();
        if (closing == events.Count) return events;
        var present = ApplyAll(state, state.Version, events.Take(closing), context);
        var undone = TimetableOf(present, context.Policy, context.Calendar).UndoneAt(context.Now);
        var closed = (CaseClosed)events[closing] with
        {
            Undone = undone.Count == 0 ? null : [.. undone.Select(obligation => new UndoneObligation(obligation.Kind, obligation.Number))],
        };
        return [.. events.Take(closing), .. _beforeClosing.SelectMany(open => open(present)), closed, .. events.Skip(closing + 1)];
    }

    private sealed record PartRow(
        string Name,
        int Version,
        Func<CaseState, string> Write,
        Func<CaseState, string, CaseState> Read,
        Func<CaseState, CaseState, Person, CaseScope, CaseState> Narrow);

    private sealed record EventRow(CaseScope Scope, Func<StreamEvent, EventInfo, CaseState>? Begin)
    {
        public List<Func<CaseState, StreamEvent, EventInfo, CaseState>> Applies { get; } = [];
    }

    private sealed record CommandRow(
        Func<CaseState?, Command, CaseContext, Decision>? Open,
        Func<Person, CaseState, Command, bool> May,
        Func<CaseState, Command, CaseContext, Decision> Decide,
        Func<CaseState, Command, CaseContext, Decision.Refused, Decision.Refused>? WhenRefused);

    private sealed record ObligationRow(
        Func<CaseState, CaseClocks, IEnumerable<Obligation>> Of,
        IReadOnlyList<ObligationKind> Kinds,
        CaseScope Scope,
        Expire? Expire,
        Func<Obligation, CaseState, bool>? Shows);
}
