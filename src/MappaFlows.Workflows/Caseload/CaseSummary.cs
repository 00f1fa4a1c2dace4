using MappaFlows.Core.Cases;
using MappaFlows.Core.People;

namespace MappaFlows.Workflows.Caseload;

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
    public IReadOnlyList<OwedDuty> Owed { get; init; } = [];

    /// <summary>What people owe first, with a date.</summary>
    public OwedDuty? Next => Owed.FirstOrDefault(duty => duty.Due is not null);

    public bool IsOverdue(DateTimeOffset now) => Next?.Due <= now;
}

/// <summary>A duty as a list shows it.</summary>
public sealed record OwedDuty(DutyKind Kind, string Subject, DateTimeOffset? Due, DateOnly? Day, Role? Role, string? PersonId)
{
    /// <summary>Whether this person, who works on the case, owes it.</summary>
    public bool IsOwedBy(Person person) => PersonId is not null ? PersonId == person.Id : Role is { } role && person.Has(role);
}
