using System.Text.Json.Serialization;

namespace MappaFlows.Core.Cases;

/// <summary>A case as its events have made it: what every feature needs to know, and a part for each feature.</summary>
public sealed record CaseState
{
    public required CaseReference Reference { get; init; }

    /// <summary>The number of events so far.</summary>
    public long Version { get; init; }

    public CaseStage Stage { get; init; }

    public required string AreaCode { get; init; }

    public required string LeadAgencyId { get; init; }

    public required string ReferrerId { get; init; }

    public DateTimeOffset ReferredAt { get; init; }

    /// <summary>When the referral was accepted; null before.</summary>
    public DateTimeOffset? AcceptedAt { get; init; }

    /// <summary>The category for which the person was referred.</summary>
    public Category CategorySought { get; init; }

    /// <summary>The category sought, and once accepted the one in force.</summary>
    public Category Category { get; init; }

    /// <summary>The level in force; null before acceptance.</summary>
    public ManagementLevel? Level { get; init; }

    /// <summary>When the level in force began.</summary>
    public DateTimeOffset? LevelSince { get; init; }

    /// <summary>What the features know of the case.</summary>
    [JsonIgnore]
    public CaseParts Parts { get; init; } = CaseParts.None;

    /// <summary>Whether the person is managed now.</summary>
    [JsonIgnore]
    public bool IsManaged => Stage == CaseStage.Managed;

    /// <summary>A feature's part; an empty one where the feature has recorded nothing.</summary>
    public TPart Part<TPart>()
        where TPart : class, new() => Parts.Find<TPart>() ?? new();

    public CaseState With<TPart>(TPart part)
        where TPart : class => this with { Parts = Parts.Set(part) };
}
