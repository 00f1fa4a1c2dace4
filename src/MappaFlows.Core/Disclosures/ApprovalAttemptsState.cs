namespace MappaFlows.Core.Disclosures;

/// <summary>How many refused attempts to decide each disclosure has on record, so that nobody can write into a case without end.</summary>
public sealed record ApprovalAttemptsState
{
    /// <summary>The most attempts of one person on one disclosure that are recorded.</summary>
    public const int MaxOfPerson = 10;

    /// <summary>The most attempts of all on one disclosure.</summary>
    public const int MaxOfDisclosure = 100;

    public IReadOnlyList<ApprovalAttempts> Items { get; init; } = [];

    public static void Register(CaseModel model) =>
        model.State<ApprovalAttemptsState>(version: 1).On<ApprovalAttemptRefused>(Apply);

    /// <summary>Whether one more attempt of this person is recorded.</summary>
    public bool MayRecord(int number, string personId) =>
        (Items.FirstOrDefault(attempts => attempts.Number == number && attempts.PersonId == personId)?.Count ?? 0) < MaxOfPerson
        && Items.Where(attempts => attempts.Number == number).Sum(attempts => attempts.Count) < MaxOfDisclosure;

    private static ApprovalAttemptsState Apply(ApprovalAttemptsState state, ApprovalAttemptRefused happened, EventInfo info)
    {
        var earlier = state.Items.FirstOrDefault(attempts => attempts.Number == happened.Number && attempts.PersonId == info.ActorId);
        return new()
        {
            Items =
            [
                .. state.Items.Where(attempts => attempts != earlier),
                new(happened.Number, info.ActorId, (earlier?.Count ?? 0) + 1),
            ],
        };
    }
}

/// <summary>The attempts of one person on one disclosure that are on record.</summary>
public sealed record ApprovalAttempts(int Number, string PersonId, int Count);
