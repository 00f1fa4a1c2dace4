using MappaFlows.Core.Data;

namespace MappaFlows.Core.Notification;

/// <summary>The table of notification periods (Sexual Offences Act 2003, section 82), as dated data.</summary>
public sealed class NotificationPeriods
{
    private const string File = "The table of notification periods";

    private static readonly Lazy<NotificationPeriods> Embedded = new(() => Parse(DataFile.Embedded("notification-periods.json")));

    private readonly IReadOnlyList<Table> _tables;

    private NotificationPeriods(IReadOnlyList<Table> tables) => _tables = tables;

    /// <summary>The table that comes with the product.</summary>
    public static NotificationPeriods Default => Embedded.Value;

    /// <summary>Reads a table. Every edition must say one thing, and only one, for every disposal and every length of term.</summary>
    /// <exception cref="DataFileException">The text is not such a table; the message lists every problem.</exception>
    public static NotificationPeriods Parse(string json)
    {
        var file = DataFile.Read<TablesFile>(json, File);
        var problems = new List<string>();
        if (file.Editions is not { Count: > 0 })
            problems.Add("It has no editions.");
        foreach (var table in file.Editions ?? [])
            problems.AddRange(Problems(table));
        DataFile.Check(File, problems);
        return new NotificationPeriods([.. file.Editions!.OrderBy(t => t.From)]);
    }

    /// <summary>The period for one disposal; null where it makes no requirement, as an absolute discharge after a conviction.</summary>
    /// <param name="disposal">What the court or the police did.</param>
    /// <param name="term">
    /// The term of imprisonment (consecutive terms added up) or the length of the conditional discharge; null for every other disposal.
    /// </param>
    /// <param name="relevantDate">The day of conviction, finding or caution. It is the first day of the period.</param>
    /// <param name="under18">Whether the person was under 18 on that day.</param>
    /// <param name="madeOn">
    /// The day of the sentence or order, where it is later: a conditional discharge runs from that day. Null for the relevant date.
    /// </param>
    /// <exception cref="ArgumentException">
    /// The disposal needs a term and has none, or has one and needs none, or the term is empty or absurd.
    /// </exception>
    public NotificationPeriod? For(Disposal disposal, SentenceTerm? term, DateOnly relevantDate, bool under18, DateOnly? madeOn = null)
    {
        var needsTerm = disposal.HasTerm;
        if (needsTerm != term.HasValue)
            throw new ArgumentException(needsTerm ? "Give the length of the term." : "This disposal has no term.", nameof(term));
        if (term is { IsPlausible: false })
            throw new ArgumentException("The term must be longer than nothing and 100 years or less.", nameof(term));

        var table = _tables.LastOrDefault(t => t.From <= relevantDate) ?? _tables[0];
        var row = table.Rows.Single(r => r.Disposal == disposal && r.Covers(term));
        if (row.None) return null;
        var (endsOn, length) = row switch
        {
            { Indefinite: true } => ((DateOnly?)null, "indefinite"),
            { AsLongAsTerm: true } => (term!.Value.LastDay(madeOn ?? relevantDate), term.Value.ToString()),
            _ => Fixed((under18 ? row.MonthsUnder18 : row.Months)!.Value),
        };

        // Only the fixed periods differ by age, so only they carry the mark of the rule about age.
        var halved = under18 && row is { Indefinite: false, AsLongAsTerm: false };
        return new NotificationPeriod(
            relevantDate,
            endsOn,
            row.Title,
            length,
            under18,
            table.Edition,
            halved ? table.ConfidenceUnder18 : table.Confidence,
            table.Source);

        (DateOnly? EndsOn, string Length) Fixed(int months)
        {
            var years = months % 12 == 0;
            var fixedLength = new ClockLength(
                years ? months / 12 : months, years ? ClockUnit.Years : ClockUnit.Months, ClockDirection.BeginningWith);
            return (fixedLength.EndDay(relevantDate), fixedLength.ToString());
        }
    }

    private static IEnumerable<string> Problems(Table table)
    {
        if (table.Rows is null)
        {
            yield return $"The edition {table.Edition} needs its rows.";
            yield break;
        }

        var name = $"edition {table.Edition}";
        if (!SourceConfidence.All.Contains(table.Confidence) || !SourceConfidence.All.Contains(table.ConfidenceUnder18))
            yield return $"The {name} needs a confidence, which is one of: {string.Join(", ", SourceConfidence.All)}.";

        if (string.IsNullOrWhiteSpace(table.Edition) || string.IsNullOrWhiteSpace(table.Source))
            yield return $"The {name} needs a name and a source.";

        foreach (var row in table.Rows)
        {
            if (string.IsNullOrWhiteSpace(row.Title))
                yield return $"The {name} has a row without a title.";
            var kinds = (row.None ? 1 : 0) + (row.Indefinite ? 1 : 0) + (row.AsLongAsTerm ? 1 : 0) + (row.Months is null ? 0 : 1);
            if (kinds != 1)
                yield return $"The {name}, {row.Title}, must be one of these: none, indefinite, asLongAsTerm, or so many months.";
            if (row.Months is null != row.MonthsUnder18 is null || row.Months < 1 || row.MonthsUnder18 < 1)
                yield return $"The {name}, {row.Title}, needs months and monthsUnder18, both 1 or more.";
            if (row.AsLongAsTerm && row.Disposal != Disposal.ConditionalDischarge)
                yield return $"The {name}, {row.Title}, has no term to be as long as.";
        }

        foreach (var disposal in Enum.GetValues<Disposal>())
        {
            var rows = table.Rows.Where(r => r.Disposal == disposal).ToList();
            if (disposal != Disposal.Imprisonment)
            {
                if (rows.Count != 1)
                    yield return $"The {name} needs one row, and only one, for {disposal}.";
                continue;
            }

            // Every bound, and a day on either side of it, stands for all the terms between the bounds.
            var bounds = rows.SelectMany(r => new[] { r.FromMonths, r.OverMonths, r.UnderMonths, r.UpToMonths }).OfType<int>();
            var terms = bounds.Distinct().SelectMany(m => new[] { -1, 0, 1 }.Select(d => new SentenceTerm(0, m, 0, d)))
                .Append(SentenceTerm.OfDays(1));
            foreach (var term in terms.Where(t => t.CompareToMonths(0) > 0))
            {
                if (rows.Count(r => r.Covers(term)) != 1)
                    yield return $"The {name} needs one row, and only one, for imprisonment for {term}.";
            }
        }
    }

    private sealed record TablesFile(IReadOnlyList<Table>? Editions);

    private sealed record Table(
        string Edition, DateOnly From, string Confidence, string ConfidenceUnder18, string Source, IReadOnlyList<Row> Rows);

    private sealed record Row(
        Disposal Disposal,
        string Title,
        bool None,
        bool Indefinite,
        bool AsLongAsTerm,
        int? Months,
        int? MonthsUnder18,
        int? FromMonths,
        int? OverMonths,
        int? UnderMonths,
        int? UpToMonths)
    {
        public bool Covers(SentenceTerm? term) => Disposal != Disposal.Imprisonment || (term is { } t
            && (FromMonths is not { } from || t.CompareToMonths(from) >= 0)
            && (OverMonths is not { } over || t.CompareToMonths(over) > 0)
            && (UnderMonths is not { } under || t.CompareToMonths(under) < 0)
            && (UpToMonths is not { } upTo || t.CompareToMonths(upTo) <= 0));
    }
}
