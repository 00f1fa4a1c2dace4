namespace MappaFlows.Core.Level1Reviews;

/// <summary>The level 1 reviews of a case.</summary>
public sealed record Level1ReviewsState
{
    public IReadOnlyList<Level1ReviewHeld> Items { get; init; } = [];

    public static Level1ReviewsState Apply(Level1ReviewsState state, Level1ReviewRecorded happened, EventInfo info) =>
        state with { Items = [.. state.Items, new(happened.Number, happened.Review, info.ActorId, info.At)] };
}

public static class CaseLevel1Reviews
{
    extension(CaseState state)
    {
        public IReadOnlyList<Level1ReviewHeld> Level1Reviews => state.Part<Level1ReviewsState>().Items;
    }
}
