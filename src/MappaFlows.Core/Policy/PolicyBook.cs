using MappaFlows.Core.Data;

namespace MappaFlows.Core.Policy;

/// <summary>
/// Every figure that an area may set: how long each clock runs, and the targets. The figures are dated data.
/// A clock follows the edition in force on the day it starts; an area's own edition goes before that of all areas.
/// </summary>
public sealed class PolicyBook
{
    private static readonly Lazy<PolicyBook> Embedded = new(() => Parse(DataFile.Embedded("clocks.json")));

    private readonly Editions<ClockRule> _clocks;
    private readonly Editions<TargetRule> _targets;

    private PolicyBook(Editions<ClockRule> clocks, Editions<TargetRule> targets)
    {
        _clocks = clocks;
        _targets = targets;
    }

    /// <summary>The policy that comes with the product.</summary>
    public static PolicyBook Default => Embedded.Value;

    /// <summary>
    /// Reads the policy of all areas, with what single areas have of their own. It must have every clock of <see cref="ClockIds"/> and
    /// every target of <see cref="TargetIds"/>.
    /// </summary>
    /// <exception cref="DataFileException">The text is not a policy; the message lists every problem.</exception>
    public static PolicyBook Parse(string json)
    {
        var reader = new PolicyReader("The policy");
        var book = reader.ReadNational(json);
        return new PolicyBook(book.Clocks, book.Targets);
    }

    /// <summary>
    /// This policy with one area's own editions on top, in place of any that the area had. The area's file names only what differs.
    /// </summary>
    /// <exception cref="DataFileException">The text is not an area's policy; the message lists every problem.</exception>
    public PolicyBook WithArea(string json)
    {
        var reader = new PolicyReader("The area's policy");
        var book = reader.ReadArea(json, _clocks, _targets);
        return new PolicyBook(book.Clocks, book.Targets);
    }

    /// <summary>The clock as it stands for that area on that day.</summary>
    /// <exception cref="ArgumentException">There is no such clock.</exception>
    public ClockRule Clock(string clockId, string areaCode, DateOnly on) =>
        _clocks.Find(clockId, areaCode, on) ?? throw new ArgumentException($"There is no clock {clockId}.", nameof(clockId));

    /// <summary>The target as it stands for that area on that day.</summary>
    /// <exception cref="ArgumentException">There is no such target.</exception>
    public TargetRule Target(string targetId, string areaCode, DateOnly on) =>
        _targets.Find(targetId, areaCode, on) ?? throw new ArgumentException($"There is no target {targetId}.", nameof(targetId));

    /// <summary>Every clock as it stands for that area on that day, in the order of the policy.</summary>
    public IReadOnlyList<ClockRule> Clocks(string areaCode, DateOnly on) =>
        [.. ClockIds.All.Select(id => Clock(id, areaCode, on))];

    /// <summary>Every target as it stands for that area on that day, in the order of the policy.</summary>
    public IReadOnlyList<TargetRule> Targets(string areaCode, DateOnly on) =>
        [.. TargetIds.All.Select(id => Target(id, areaCode, on))];
}
