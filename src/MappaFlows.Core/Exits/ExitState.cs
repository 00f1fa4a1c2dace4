namespace MappaFlows.Core.Exits;

/// <summary>The dates from which the end of a case is reckoned, the reviews before it, and how it ended.</summary>
public sealed record ExitState
{
    public DateOnly? ReleaseDate { get; init; }

    public DateOnly? LicenceEnd { get; init; }

    public IReadOnlyList<PreExitReview> PreExitReviews { get; init; } = [];

    /// <summary>How the case ended; null before.</summary>
    public ExitRecord? Exit { get; init; }

    public static ExitState Apply(ExitState state, ReferralSubmitted happened, EventInfo info) => state with
    {
        ReleaseDate = happened.Referral.Dates.Release,
        LicenceEnd = happened.Referral.Dates.LicenceEnd,
    };

    public static ExitState Apply(ExitState state, PreExitReviewRecorded happened, EventInfo info) => state with
    {
        PreExitReviews = [.. state.PreExitReviews, new(happened.Conclusion, happened.ConsiderCategory3, info.ActorId, info.At)],
    };

    public static ExitState Apply(ExitState state, CaseClosed happened, EventInfo info) =>
        state with { Exit = new(happened.Reason, happened.LastDay, happened.Explanation, info.At, happened.Undone) };

    public static CaseState Apply(CaseState state, DateChanged happened, EventInfo info) => happened.Date switch
    {
        CaseDate.Release => state.With(state.Part<ExitState>() with { ReleaseDate = happened.To }),
        CaseDate.LicenceEnd => state.With(state.Part<ExitState>() with { LicenceEnd = happened.To }),
        _ => WithEnd(state, happened.BasisId, happened.To),
    };

    public static CaseState Apply(CaseState state, EligibilityAdded happened, EventInfo info) =>
        state.With(state.Part<EligibilityState>() with { Bases = [.. state.Bases, happened.Basis] });

    private static CaseState WithEnd(CaseState state, string? basisId, DateOnly? endsOn) => state.With(state.Part<EligibilityState>() with
    {
        Bases = [.. state.Bases.Select(basis => basis.Id == basisId ? basis with { EndsOn = endsOn, Indefinite = endsOn is null } : basis)],
    });
}

/// <summary>A review before the exit.</summary>
public sealed record PreExitReview(string Conclusion, bool ConsiderCategory3, string By, DateTimeOffset At);

/// <summary>How the case ended.</summary>
/// <param name="Undone">What was not done when it closed; null where nothing was left.</param>
public sealed record ExitRecord(
    ExitReason Reason,
    DateOnly LastDay,
    string Explanation,
    DateTimeOffset At,
    IReadOnlyList<UndoneObligation>? Undone = null);

public static class CaseExit
{
    extension(CaseState state)
    {
        public DateOnly? ReleaseDate => state.Part<ExitState>().ReleaseDate;

        public DateOnly? LicenceEnd => state.Part<ExitState>().LicenceEnd;

        public IReadOnlyList<PreExitReview> PreExitReviews => state.Part<ExitState>().PreExitReviews;

        /// <inheritdoc cref="ExitState.Exit"/>
        public ExitRecord? Exit => state.Part<ExitState>().Exit;
    }

    extension(Timetable timetable)
    {
        /// <summary>How the case will end; null while it is not managed, and for a reader who does not see its bases.</summary>
        public ExitForecast? Forecast => ExitForecast.Of(timetable.Case);
    }
}
