using System.Text.Json.Serialization;

namespace MappaFlows.Web.Api;

/// <summary>
/// A case as the API shows it to one person: the case itself, what it waits for, and a property for each part of it
/// (<see cref="CaseDocuments"/>). What this person may not read is absent, which an empty list is not.
/// </summary>
public sealed record CaseDocument
{
    public required CaseReference Reference { get; init; }

    /// <summary>How much of the case the caller may read.</summary>
    public required CaseScope Scope { get; init; }

    /// <summary>The number of events so far; only with the whole case.</summary>
    public long? Version { get; init; }

    public required CaseStage Stage { get; init; }

    public required SubjectDocument Subject { get; init; }

    public required string Area { get; init; }

    public required string LeadAgency { get; init; }

    /// <summary>The category in force; with no more than the referral the one that was sought.</summary>
    public Category? Category { get; init; }

    public ManagementLevel? Level { get; init; }

    public DateTimeOffset? LevelSince { get; init; }

    public string? ReferrerId { get; init; }

    public DateTimeOffset? ReferredAt { get; init; }

    /// <summary>What people, or the clock, owe the case, as far as the caller has to do with it; the earliest due first.</summary>
    public required IReadOnlyList<ObligationDocument> Obligations { get; init; }

    /// <summary>A property for each part that the features register.</summary>
    [JsonExtensionData]
    public IDictionary<string, object> Parts { get; init; } = new Dictionary<string, object>();
}

/// <summary>The person whom a case is about.</summary>
public sealed record SubjectDocument(string? GivenNames, string? FamilyName, string? OtherNames, DateOnly? DateOfBirth)
{
    internal static SubjectDocument Of(ReferralSubject subject) =>
        new(subject.GivenNames, subject.FamilyName, subject.OtherNames, subject.DateOfBirth);
}

/// <summary>Something that the case waits for.</summary>
/// <param name="Number">Which one of its kind, such as a meeting's number; absent where there is only one.</param>
/// <param name="Due">By when, with the rule that made the date; absent where no clock runs.</param>
/// <param name="Owner">Who owes it; absent where the clock does it by itself.</param>
public sealed record ObligationDocument(
    ObligationKind Kind,
    int? Number,
    Deadline? Due,
    DateTimeOffset? RemindAt,
    ObligationOwner? Owner,
    bool IsOverdue)
{
    internal static ObligationDocument Of(Obligation obligation, DateTimeOffset now) => new(
        obligation.Kind,
        obligation.Number,
        obligation.Due,
        obligation.RemindAt,
        obligation.Owner == ObligationOwner.Clock ? null : obligation.Owner,
        obligation.Due?.At <= now);
}
