namespace MappaFlows.Core.Policy;

/// <summary>Rules by id and area, each with the day from which it is in force.</summary>
internal sealed class Editions<TRule>
    where TRule : class
{
    private readonly Dictionary<(string Id, string Area), List<(DateOnly From, TRule Rule)>> _rules;

    public Editions() => _rules = [];

    private Editions(Dictionary<(string, string), List<(DateOnly, TRule)>> rules) => _rules = rules;

    public Editions<TRule> Copy() => new(_rules.ToDictionary(r => r.Key, r => r.Value.ToList()));

    public bool Has(string id, string area = "") => _rules.ContainsKey((id, area));

    public void RemoveArea(string area)
    {
        foreach (var key in _rules.Keys.Where(k => k.Area == area).ToList())
            _rules.Remove(key);
    }

    public void Add(string id, string area, DateOnly from, TRule rule)
    {
        if (!_rules.TryGetValue((id, area), out var list))
            _rules[(id, area)] = list = [];
        list.Add((from, rule));
        list.Sort((a, b) => a.From.CompareTo(b.From));
    }

    /// <summary>
    /// The rule in force on that day. Before an area's first edition the rule of all areas holds. Before the first edition for all areas
    /// that first edition holds, because an old start must still give a date.
    /// </summary>
    public TRule? Find(string id, string area, DateOnly on)
    {
        if (InForce(id, area.ToLowerInvariant(), on) is { } own)
            return own;
        return InForce(id, "", on) ?? (_rules.TryGetValue((id, ""), out var list) ? list[0].Rule : null);
    }

    private TRule? InForce(string id, string area, DateOnly on) =>
        _rules.TryGetValue((id, area), out var list) ? list.LastOrDefault(r => r.From <= on).Rule : null;
}
