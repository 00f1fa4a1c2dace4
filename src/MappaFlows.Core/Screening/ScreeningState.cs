namespace MappaFlows.Core.Screening;

/// <summary>The screening of a referral: the questions asked, and the decision.</summary>
public sealed record ScreeningState
{
    /// <summary>When the screening clock last started: at the referral, or at the answer to a question.</summary>
    public DateTimeOffset Since { get; init; }

    public IReadOnlyList<InformationRequest> InformationRequests { get; init; } = [];

    /// <summary>The decision; null before it is made.</summary>
    public ScreeningResult? Result { get; init; }

    public static ScreeningState Apply(ScreeningState state, ReferralSubmitted happened, EventInfo info) => state with { Since = info.At };

    public static CaseState Apply(CaseState state, InformationRequested happened, EventInfo info) =>
        (state with { Stage = CaseStage.InformationRequested }).With(Of(state) with
        {
            InformationRequests = [.. state.InformationRequests, new(happened.Question, info.At, null, null)],
        });

    public static CaseState Apply(CaseState state, InformationGiven happened, EventInfo info) =>
        (state with { Stage = CaseStage.Screening }).With(Of(state) with
        {
            Since = info.At,
            InformationRequests =
            [
                .. state.InformationRequests.SkipLast(1),
                state.InformationRequests[^1] with { Answer = happened.Answer, AnsweredAt = info.At },
            ],
        });

    public static CaseState Apply(CaseState state, ReferralAccepted happened, EventInfo info)
    {
        var managed = state with { Stage = CaseStage.Managed, AcceptedAt = info.At, Level = happened.Level, LevelSince = info.At };
        return managed
            .With(Of(state) with { Result = new(true, happened.Level, happened.Reasons, info.ActorId, info.At) })
            .With(new EligibilityState { Bases = happened.Bases });
    }

    public static CaseState Apply(CaseState state, ReferralRefused happened, EventInfo info) =>
        (state with { Stage = CaseStage.Refused }).With(
            Of(state) with { Result = new(false, null, happened.Reasons, info.ActorId, info.At) });

    public static ScreeningState? Narrow(ScreeningState state, CaseState whole, Person reader, CaseScope scope) =>
        scope >= CaseScope.Referral ? state : null;

    private static ScreeningState Of(CaseState state) => state.Part<ScreeningState>();
}

/// <summary>A coordinator's question and the referrer's answer.</summary>
public sealed record InformationRequest(string Question, DateTimeOffset AskedAt, string? Answer, DateTimeOffset? AnsweredAt);

/// <summary>The screening decision.</summary>
public sealed record ScreeningResult(bool Accepted, ManagementLevel? Level, string Reasons, string DecidedBy, DateTimeOffset DecidedAt);

public static class CaseScreening
{
    extension(CaseState state)
    {
        /// <inheritdoc cref="ScreeningState.Since"/>
        public DateTimeOffset ScreeningSince => state.Part<ScreeningState>().Since;

        public IReadOnlyList<InformationRequest> InformationRequests => state.Part<ScreeningState>().InformationRequests;

        /// <inheritdoc cref="ScreeningState.Result"/>
        public ScreeningResult? Screening => state.Part<ScreeningState>().Result;
    }
}
