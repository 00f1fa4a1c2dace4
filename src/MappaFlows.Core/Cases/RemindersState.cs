namespace MappaFlows.Core.Cases;

/// <summary>Of which obligations the case was reminded, and which were escalated.</summary>
public sealed record RemindersState
{
    /// <summary>Keys of the obligations that were reminded of.</summary>
    public IReadOnlyList<string> Reminded { get; init; } = [];

    /// <summary>Keys of the obligations that were escalated.</summary>
    public IReadOnlyList<string> Escalated { get; init; } = [];

    public static RemindersState Apply(RemindersState state, ObligationReminded happened, EventInfo info) =>
        state with { Reminded = [.. state.Reminded, happened.Key] };

    public static RemindersState Apply(RemindersState state, ObligationEscalated happened, EventInfo info) =>
        state with { Escalated = [.. state.Escalated, happened.Key] };
}

public static class CaseReminders
{
    extension(CaseState state)
    {
        /// <inheritdoc cref="RemindersState.Reminded"/>
        public IReadOnlyList<string> Reminded => state.Part<RemindersState>().Reminded;

        /// <inheritdoc cref="RemindersState.Escalated"/>
        public IReadOnlyList<string> Escalated => state.Part<RemindersState>().Escalated;
    }
}
