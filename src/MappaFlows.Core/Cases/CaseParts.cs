using System.Collections.Immutable;

namespace MappaFlows.Core.Cases;

/// <summary>What the features know of one case: a part for each, found by its type.</summary>
public sealed class CaseParts
{
    private readonly ImmutableDictionary<Type, object> _parts;

    private CaseParts(ImmutableDictionary<Type, object> parts) => _parts = parts;

    public static CaseParts None { get; } = new(ImmutableDictionary<Type, object>.Empty);

    /// <summary>The part; null where the feature has recorded nothing.</summary>
    public TPart? Find<TPart>()
        where TPart : class => _parts.TryGetValue(typeof(TPart), out var part) ? (TPart)part : null;

    /// <summary>These parts with this one in place of its older self.</summary>
    public CaseParts Set<TPart>(TPart part)
        where TPart : class => new(_parts.SetItem(typeof(TPart), part));
}
