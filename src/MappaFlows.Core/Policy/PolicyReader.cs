using MappaFlows.Core.Data;

namespace MappaFlows.Core.Policy;

/// <summary>
/// Turns policy files into rules. It goes on after a problem, so that a person who edits a file sees all of them at once.
/// </summary>
internal sealed class PolicyReader(string file)
{
    private const int LongestAmount = 1000;

    private readonly List<string> _problems = [];

    public (Editions<ClockRule> Clocks, Editions<TargetRule> Targets) ReadNational(string json)
    {
        var policy = DataFile.Read<PolicyFile>(json, file);
        var clocks = new Editions<ClockRule>();
        var targets = new Editions<TargetRule>();
        foreach (var entry in policy.Clocks ?? [])
            AddClock(clocks, entry, area: "", entry.Title, entry.StartEvent);
        foreach (var entry in policy.Targets ?? [])
            AddTarget(targets, entry, area: "", entry.Title);

        _problems.AddRange(ClockIds.All.Where(id => !clocks.Has(id)).Select(id => $"The clock {id} is missing."));
        _problems.AddRange(TargetIds.All.Where(id => !targets.Has(id)).Select(id => $"The target {id} is missing."));
        foreach (var twice in (policy.Areas ?? []).GroupBy(a => a.Area, StringComparer.OrdinalIgnoreCase).Where(g => g.Count() > 1))
            _problems.Add($"The area {twice.Key} is there twice.");
        foreach (var area in policy.Areas ?? [])
            AddArea(clocks, targets, area);

        DataFile.Check(file, _problems);
        return (clocks, targets);
    }

    public (Editions<ClockRule> Clocks, Editions<TargetRule> Targets) ReadArea(
        string json, Editions<ClockRule> otherClocks, Editions<TargetRule> otherTargets)
    {
        var policy = DataFile.Read<AreaPolicyFile>(json, file);
        var clocks = otherClocks.Copy();
        var targets = otherTargets.Copy();

        // An area's file is the whole of its own policy, so that a corrected one leaves nothing behind of the one before.
        if (MappaAreas.Find(policy.Area) is { Code: var area })
        {
            clocks.RemoveArea(area);
            targets.RemoveArea(area);
        }

        AddArea(clocks, targets, policy);
        DataFile.Check(file, _problems);
        return (clocks, targets);
    }

    private void AddArea(Editions<ClockRule> clocks, Editions<TargetRule> targets, AreaPolicyFile policy)
    {
        if (MappaAreas.Find(policy.Area) is not { Code: var area })
        {
            _problems.Add($"There is no area \"{policy.Area}\".");
            return;
        }

        foreach (var entry in policy.Clocks ?? [])
        {
            var national = clocks.Find(entry.Id ?? "", "", DateOnly.MaxValue);
            AddClock(clocks, entry, area, entry.Title ?? national?.Title, entry.StartEvent ?? national?.StartEvent);
        }

        foreach (var entry in policy.Targets ?? [])
            AddTarget(targets, entry, area, entry.Title ?? targets.Find(entry.Id ?? "", "", DateOnly.MaxValue)?.Title);
    }

    private void AddClock(Editions<ClockRule> clocks, ClockEntry entry, string area, string? title, string? startEvent)
    {
        var name = $"clock {entry.Id}{Of(area)}";
        if (!IsKnown(entry.Id, ClockIds.All, "clock") || IsRepeated(clocks.Has(entry.Id!, area), name))
            return;

        Require(name, "title", title);
        Require(name, "startEvent", startEvent);
        foreach (var edition in InOrder(name, entry.Editions))
        {
            var place = $"{name}, edition {edition.Edition}";
            var confidence = Check(place, edition, area);
            if (edition.Unit is null)
                _problems.Add($"The {place} has no unit.");

            var length = new ClockLength(
                edition.Amount ?? 0, edition.Unit ?? default, edition.Direction ?? ClockDirection.After);
            clocks.Add(entry.Id!, area, edition.From ?? default, new ClockRule(
                entry.Id!,
                title ?? "",
                startEvent ?? "",
                length,
                edition.Edition ?? "",
                confidence,
                edition.Source ?? "",
                NullIfEmpty(area)));
        }
    }

    private void AddTarget(Editions<TargetRule> targets, TargetEntry entry, string area, string? title)
    {
        var name = $"target {entry.Id}{Of(area)}";
        if (!IsKnown(entry.Id, TargetIds.All, "target") || IsRepeated(targets.Has(entry.Id!, area), name))
            return;

        Require(name, "title", title);
        foreach (var edition in InOrder(name, entry.Editions))
        {
            var place = $"{name}, edition {edition.Edition}";
            var confidence = Check(place, edition, area);
            if (edition.Unit is null)
                _problems.Add($"The {place} has no unit.");
            if (edition is { Unit: TargetUnit.Percent, Amount: > 100 })
                _problems.Add($"The {place} has an amount over 100 percent.");

            targets.Add(entry.Id!, area, edition.From ?? default, new TargetRule(
                entry.Id!,
                title ?? "",
                edition.Amount ?? 0,
                edition.Unit ?? default,
                edition.Edition ?? "",
                confidence,
                edition.Source ?? "",
                NullIfEmpty(area)));
        }
    }

    private bool IsKnown(string? id, IReadOnlyList<string> known, string kind)
    {
        if (id is not null && known.Contains(id))
            return true;

        _problems.Add(string.IsNullOrWhiteSpace(id) ? $"A {kind} has no id." : $"There is no {kind} \"{id}\".");
        return false;
    }

    private bool IsRepeated(bool has, string name)
    {
        if (has)
            _problems.Add($"The {name} is there twice.");
        return has;
    }

    private IReadOnlyList<TEdition> InOrder<TEdition>(string name, IReadOnlyList<TEdition>? editions)
        where TEdition : IEdition
    {
        if (editions is not { Count: > 0 })
        {
            _problems.Add($"The {name} has no editions.");
            return [];
        }

        foreach (var twice in editions.GroupBy(e => e.From).Where(g => g.Key is not null && g.Count() > 1))
            _problems.Add($"The {name} has more than one edition from {twice.Key:yyyy-MM-dd}.");
        if (editions.Any(e => string.IsNullOrWhiteSpace(e.Edition)))
            _problems.Add($"The {name} has an edition without a name.");
        return editions;
    }

    private string Check(string place, IEdition edition, string area)
    {
        Require(place, "source", edition.Source);
        if (edition.From is null)
            _problems.Add($"The {place} has no day from which it is in force.");
        if (edition.Amount is not (>= 1 and <= LongestAmount))
            _problems.Add($"The {place} needs an amount from 1 to {LongestAmount}.");

        // An area's figure is the area's decision, even where it was unconfirmed before.
        var confidence = edition.Confidence ?? (area.Length > 0 ? SourceConfidence.Area : "");
        var allowed = area.Length > 0 ? [SourceConfidence.Area] : SourceConfidence.All.Where(b => b != SourceConfidence.Area).ToArray();
        if (!allowed.Contains(confidence))
            _problems.Add($"The {place} needs a confidence, which is one of: {string.Join(", ", allowed)}.");
        return confidence;
    }

    private void Require(string place, string field, string? value)
    {
        if (string.IsNullOrWhiteSpace(value))
            _problems.Add($"The {place} has no {field}.");
    }

    private static string Of(string area) => area.Length == 0 ? "" : $" of {area}";

    private static string? NullIfEmpty(string area) => area.Length == 0 ? null : area;
}
