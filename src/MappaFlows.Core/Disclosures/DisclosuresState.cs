namespace MappaFlows.Core.Disclosures;

/// <summary>The disclosures of a case.</summary>
public sealed record DisclosuresState
{
    public IReadOnlyList<Disclosure> Items { get; init; } = [];

    public Disclosure? Find(int number) => Items.FirstOrDefault(disclosure => disclosure.Number == number);

    public static DisclosuresState Apply(DisclosuresState state, DisclosureProposed happened, EventInfo info) => state with
    {
        Items =
        [
            .. state.Items,
            new Disclosure
            {
                Number = happened.Number,
                Content = happened.Content,
                ContentHash = happened.ContentHash,
                ProposedBy = info.ActorId,
                ApproverId = happened.ApproverId,
                DeputyId = happened.DeputyId,
                AskedAt = info.At,
                StageSince = info.At,
            },
        ],
    };

    public static DisclosuresState Apply(DisclosuresState state, DisclosureRevised happened, EventInfo info) =>
        state.With(happened.Number, disclosure => disclosure with
        {
            Request = disclosure.Request + 1,
            Content = happened.Content,
            ContentHash = happened.ContentHash,
            Stage = DisclosureStage.AwaitingApproval,
            AskedAt = info.At,
            Reminded = false,
            Escalated = false,
            Decision = null,
            ReplacementId = null,
            StageSince = info.At,
        });

    public static DisclosuresState Apply(DisclosuresState state, DisclosureWithdrawn happened, EventInfo info) =>
        state.With(happened.Number, disclosure => disclosure with { Stage = DisclosureStage.Withdrawn, StageSince = info.At });

    public static DisclosuresState Apply(DisclosuresState state, ApprovalLinkIssued happened, EventInfo info) =>
        state.With(happened.Number, disclosure => disclosure with
        {
            Links = [.. disclosure.Links, new(happened.Request, happened.TokenHash, happened.PersonId, happened.EndsAt)],
        });

    public static DisclosuresState Apply(DisclosuresState state, ObligationReminded happened, EventInfo info) =>
        happened is { Number: { } number } && happened.Kind == DisclosureObligations.DecideDisclosure
            ? state.With(number, disclosure => disclosure with { Reminded = true })
            : state;

    public static DisclosuresState Apply(DisclosuresState state, ObligationEscalated happened, EventInfo info) =>
        happened is { Number: { } number, Late: false } && happened.Kind == DisclosureObligations.DecideDisclosure
            ? state.With(number, disclosure => disclosure with { Escalated = true })
            : state;

    public static DisclosuresState Apply(DisclosuresState state, ApprovalLapsed happened, EventInfo info) =>
        state.With(happened.Number, disclosure => disclosure with { Stage = DisclosureStage.Lapsed, StageSince = info.At });

    public static DisclosuresState Apply(DisclosuresState state, DisclosureDecided happened, EventInfo info) =>
        state.With(happened.Number, disclosure => disclosure with
        {
            Stage = happened.Outcome switch
            {
                ApprovalOutcome.Approved => DisclosureStage.Approved,
                ApprovalOutcome.Refused => DisclosureStage.Refused,
                _ => DisclosureStage.ChangeRequested,
            },
            Decision = new(happened.Outcome, happened.Reasons, info.ActorId, info.At),
            StageSince = info.At,
        });

    public static DisclosuresState Apply(DisclosuresState state, DisclosureMade happened, EventInfo info) =>
        state.With(happened.Number, disclosure => disclosure with
        {
            Stage = DisclosureStage.Made,
            Record = happened.Record,
            Differences = happened.Differences ?? [],
            StageSince = info.At,
        });

    public static DisclosuresState Apply(DisclosuresState state, ApprovalEnded happened, EventInfo info) =>
        state.With(happened.Number, disclosure => disclosure with { Stage = DisclosureStage.ApprovalEnded, StageSince = info.At });

    public static DisclosuresState Apply(DisclosuresState state, ApprovalRevoked happened, EventInfo info) =>
        state.With(happened.Number, disclosure => disclosure with { Stage = DisclosureStage.Revoked, StageSince = info.At });

    /// <summary>Where the approver is asked again, the changed content that follows names the new discloser.</summary>
    public static DisclosuresState Apply(DisclosuresState state, DiscloserReplaced happened, EventInfo info) => happened.AsksAgain
        ? state
        : state.With(happened.Number, disclosure => disclosure with { ReplacementId = happened.To });

    /// <summary>The disclosures in which the reader has a part.</summary>
    public static DisclosuresState Narrow(DisclosuresState state, CaseState whole, Person reader, CaseScope scope) =>
        new() { Items = [.. state.Items.Where(disclosure => DisclosurePermissions.MayRead(reader, disclosure))] };

    private DisclosuresState With(int number, Func<Disclosure, Disclosure> change) =>
        this with { Items = [.. Items.Select(disclosure => disclosure.Number == number ? change(disclosure) : disclosure)] };
}

public static class CaseDisclosures
{
    extension(CaseState state)
    {
        public IReadOnlyList<Disclosure> Disclosures => state.Part<DisclosuresState>().Items;

        public Disclosure? FindDisclosure(int number) => state.Part<DisclosuresState>().Find(number);
    }
}
