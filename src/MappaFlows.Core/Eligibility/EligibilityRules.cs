using MappaFlows.Core.Data;

namespace MappaFlows.Core.Eligibility;

/// <summary>
/// What makes someone eligible, and which category goes first: data, because part of it is not confirmed and the law changes it.
/// </summary>
public sealed class EligibilityRules
{
    private const string File = "The eligibility rules";

    private static readonly Lazy<EligibilityRules> Embedded = new(() => Parse(DataFile.Embedded("eligibility.json")));

    private readonly RulesFile _file;

    private EligibilityRules(RulesFile file) => _file = file;

    /// <summary>The rules that come with the product.</summary>
    public static EligibilityRules Default => Embedded.Value;

    public string Edition => _file.Edition;

    /// <summary>The categories, the one that goes before all others first.</summary>
    public IReadOnlyList<Category> Precedence => _file.Precedence.Order;

    /// <summary>Reads the rules.</summary>
    /// <exception cref="DataFileException">The text is not such rules; the message lists every problem.</exception>
    public static EligibilityRules Parse(string json)
    {
        var read = DataFile.Read<RulesFile>(json, File);
        var problems = new List<string>();
        if (string.IsNullOrWhiteSpace(read.Edition))
            problems.Add("It has no edition.");
        if (read.Precedence?.Order is not { } order || !order.Order().SequenceEqual(Enum.GetValues<Category>()))
            problems.Add("The precedence must name each category once.");
        if (read.Levels?.Category3 is not { Count: > 0 })
            problems.Add("The levels of Category 3 are missing.");
        if (read.Category2 is not { MinimumMonths: >= 1, Offences.Count: > 0 })
            problems.Add("Category 2 needs minimumMonths of 1 or more, and its offences.");

        (string? Confidence, string? Source)[] rules =
        [
            (read.Precedence?.Confidence, read.Precedence?.Source),
            (read.Levels?.Confidence, read.Levels?.Source),
            (read.Category2?.Confidence, read.Category2?.Source),
            .. read.Category2?.Offences?.Select(o => (o.Confidence, o.Source)) ?? [],
        ];
        if (rules.Any(r => r.Confidence is null || !SourceConfidence.All.Contains(r.Confidence)))
            problems.Add($"Every rule needs a confidence, which is one of: {string.Join(", ", SourceConfidence.All)}.");
        if (rules.Any(r => string.IsNullOrWhiteSpace(r.Source)))
            problems.Add("Every rule needs its source.");

        DataFile.Check(File, problems);
        return new EligibilityRules(read);
    }

    /// <summary>Where a category stands: 0 goes first.</summary>
    internal int RankOf(Category category)
    {
        for (var i = 0; i < Precedence.Count; i++)
        {
            if (Precedence[i] == category)
                return i;
        }

        throw new ArgumentOutOfRangeException(nameof(category), category, "There is no such category.");
    }

    internal LevelRule Levels => _file.Levels;

    internal Category2Rule Category2 => _file.Category2;

    internal sealed record LevelRule(IReadOnlyList<ManagementLevel> Category3, string Confidence, string Source);

    internal sealed record Category2Rule(int MinimumMonths, string Confidence, string Source, IReadOnlyList<OffenceRule> Offences);

    internal sealed record OffenceRule(Offence Offence, DateOnly From, string Confidence, string Source);

    private sealed record PrecedenceRule(IReadOnlyList<Category> Order, string Confidence, string Source);

    private sealed record RulesFile(string Edition, PrecedenceRule Precedence, LevelRule Levels, Category2Rule Category2);
}
