namespace MappaFlows.Workflows.Projections;

/// <summary>A case as a list shows it.</summary>
public sealed record CaseSummary
{
    public required CaseReference Reference { get; init; }

    public required string AreaCode { get; init; }

    public required string SubjectName { get; init; }

    public required CaseStage Stage { get; init; }

    public required Category Category { get; init; }

    public ManagementLevel? Level { get; init; }

    public required string LeadAgencyId { get; init; }

    public required string ReferrerId { get; init; }

    public required DateTimeOffset ReferredAt { get; init; }

    /// <summary>What people owe the case, the earliest due first. What only the clock owes is not here.</summary>
    public IReadOnlyList<OwedObligation> Owed { get; init; } = [];

    /// <summary>How many things were not done when it closed.</summary>
    public int Undone { get; init; }

    /// <summary>What was decided or ran out in the case, the newest last; not more than the newest few.</summary>
    public IReadOnlyList<PastOutcome> Past { get; init; } = [];

    /// <summary>What people owe first, with a date.</summary>
    public OwedObligation? Next => Owed.FirstOrDefault(obligation => obligation.Due is not null);

    public bool IsOverdue(DateTimeOffset now) => Next?.Due <= now;
}

/// <summary>An obligation as a list shows it.</summary>
/// <param name="Number">Which one of its kind, such as a meeting's number; null where there is only one.</param>
/// <param name="DeputyId">The deputy, who is asked too when the person did not do it in time; null before that.</param>
/// <param name="IsArranged">Whether something is arranged by which it will be met.</param>
/// <param name="PassedOnTo">The role to which it was passed on; null before that.</param>
public sealed record OwedObligation(
    ObligationKind Kind,
    int? Number,
    DateTimeOffset? Due,
    DateOnly? Day,
    Role? Role,
    string? PersonId,
    string? DeputyId = null,
    bool IsArranged = false,
    Role? PassedOnTo = null)
{
    /// <summary>Whether it is asked of this person by name.</summary>
    public bool IsAskedOf(string personId) => PersonId == personId || DeputyId == personId;

    /// <summary>Whether it was passed on to this person, who works on the case. A Chair's deputies see it too.</summary>
    public bool IsPassedOnTo(Person person) =>
        PassedOnTo is { } role && (person.Has(role) || (role == Core.Access.Role.Chair && person.Has(Core.Access.Role.DeputyChair)));

    /// <summary>Whether no one is there who owes it.</summary>
    /// <param name="everyone">Who works here, in any area.</param>
    public bool IsUnowned(CaseSummary summary, IReadOnlyList<Person> everyone) => PersonId is { } id
        ? !everyone.Any(person => (person.Id == id || person.Id == DeputyId) && person.Roles.Count > 0)
        : Role is { } role && !everyone.Any(person => person.Is(role, summary.AreaCode)
            && (role != Core.Access.Role.LeadAgencyManager || person.AgencyId == summary.LeadAgencyId));

    /// <summary>Whether this person, who works on the case, owes it.</summary>
    public bool IsOwedBy(Person person) => PersonId is not null ? IsAskedOf(person.Id) : Role is { } role && person.Has(role);
}
