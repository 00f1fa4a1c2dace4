namespace MappaFlows.Core.Escalations;

/// <summary>What people did about what was passed on to them.</summary>
public sealed record EscalationsState
{
    /// <summary>The newest that are kept here; the record has all.</summary>
    private const int MaxKept = 50;

    public IReadOnlyList<EscalationAct> Items { get; init; } = [];

    public static EscalationsState Apply(EscalationsState state, OwnerReminded happened, EventInfo info) =>
        state.With(new(happened.Kind, happened.Number, happened.Due, null, info.ActorId, info.At));

    public static EscalationsState Apply(EscalationsState state, EscalationNoted happened, EventInfo info) =>
        state.With(new(happened.Kind, happened.Number, happened.Due, happened.Note, info.ActorId, info.At));

    private EscalationsState With(EscalationAct act) => this with { Items = [.. Items.TakeLast(MaxKept - 1), act] };
}

/// <summary>One thing that was done.</summary>
/// <param name="Note">What they did, in their words; null where they reminded those who owe it.</param>
public sealed record EscalationAct(ObligationKind Kind, int? Number, DateTimeOffset? Due, string? Note, string By, DateTimeOffset At);

public static class CaseEscalations
{
    extension(CaseState state)
    {
        /// <summary>What was done about this obligation, the oldest first.</summary>
        public IEnumerable<EscalationAct> ActsOn(Obligation obligation) => state.Part<EscalationsState>().Items.Where(
            act => act.Kind == obligation.Kind && act.Number == obligation.Number && act.Due == obligation.Due?.At);

        /// <summary>Whether those who owe this were reminded on that day: once a day is enough.</summary>
        public bool WasOwnerReminded(Obligation obligation, DateOnly day) =>
            state.ActsOn(obligation).Any(act => act.Note is null && LondonTime.Today(act.At) == day);
    }
}
