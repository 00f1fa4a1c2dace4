using MappaFlows.Core.Data;

namespace MappaFlows.Core.Calendars;

/// <summary>
/// Which days are working days: every day but Saturdays, Sundays and bank holidays.
/// Bank holidays are known for the published years; later years are a forecast, and a day outside
/// the list altogether counts as working from Monday to Friday. <see cref="IsForecast"/> tells which days are not certain.
/// </summary>
public sealed class WorkingCalendar
{
    private const string File = "The list of bank holidays";

    private static readonly Lazy<WorkingCalendar> Embedded =
        new(() => Parse(DataFile.Embedded("bank-holidays.england-and-wales.json")));

    private readonly Dictionary<DateOnly, BankHoliday> _holidays;

    private WorkingCalendar(BankHolidaysFile file, Dictionary<DateOnly, BankHoliday> holidays)
    {
        _holidays = holidays;
        Division = file.Division;
        Edition = file.Edition;
        Source = file.Source;
        ForecastSource = file.ForecastSource;
        PublishedFrom = file.PublishedFrom;
        PublishedThrough = file.PublishedThrough;
        BankHolidays = [.. holidays.Values.OrderBy(h => h.Date)];
    }

    /// <summary>The calendar that comes with the product.</summary>
    public static WorkingCalendar EnglandAndWales => Embedded.Value;

    public string Division { get; }

    /// <summary>Which edition of the list this is.</summary>
    public string Edition { get; }

    /// <summary>Where the published years come from.</summary>
    public string Source { get; }

    /// <summary>How the later years were forecast, or null when there is no forecast.</summary>
    public string? ForecastSource { get; }

    /// <summary>The first day whose bank holidays are the published ones.</summary>
    public DateOnly PublishedFrom { get; }

    /// <summary>The last day whose bank holidays are the published ones.</summary>
    public DateOnly PublishedThrough { get; }

    /// <summary>Every bank holiday of the list, in order of date.</summary>
    public IReadOnlyList<BankHoliday> BankHolidays { get; }

    /// <summary>Reads a list of bank holidays.</summary>
    /// <exception cref="DataFileException">The text is not such a list; the message says where and why.</exception>
    public static WorkingCalendar Parse(string json)
    {
        var file = DataFile.Read<BankHolidaysFile>(json, File);
        var problems = new List<string>();
        if (string.IsNullOrWhiteSpace(file.Division))
            problems.Add("It has no division.");
        if (string.IsNullOrWhiteSpace(file.Edition))
            problems.Add("It has no edition.");
        if (file.PublishedFrom == default || file.PublishedThrough == default)
            problems.Add("It does not say which years are published: publishedFrom and publishedThrough.");
        if (string.IsNullOrWhiteSpace(file.Source))
            problems.Add("It has no source.");
        if (file.PublishedThrough < file.PublishedFrom)
            problems.Add("publishedThrough is before publishedFrom.");
        if (file.ForecastThrough < file.PublishedThrough)
            problems.Add("forecastThrough is before publishedThrough.");

        var found = new Dictionary<DateOnly, BankHoliday>();
        Add(file.Published ?? [], file.PublishedFrom, file.PublishedThrough, forecast: false);
        Add(file.Forecast ?? [], file.PublishedThrough.AddDays(1), file.ForecastThrough ?? file.PublishedThrough, forecast: true);
        DataFile.Check(File, problems);
        return new WorkingCalendar(file, found);

        void Add(IReadOnlyList<HolidayRow> rows, DateOnly from, DateOnly through, bool forecast)
        {
            foreach (var row in rows)
            {
                if (string.IsNullOrWhiteSpace(row.Title))
                    problems.Add($"{row.Date:yyyy-MM-dd} has no title.");
                if (row.Date < from || row.Date > through)
                    problems.Add($"{row.Date:yyyy-MM-dd} is not between {from:yyyy-MM-dd} and {through:yyyy-MM-dd}.");
                if (!found.TryAdd(row.Date, new BankHoliday(row.Date, row.Title ?? "", forecast)))
                    problems.Add($"{row.Date:yyyy-MM-dd} is there twice.");
            }
        }
    }

    public bool IsWorkingDay(DateOnly day) =>
        day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && !_holidays.ContainsKey(day);

    /// <summary>The bank holiday on that day, or null.</summary>
    public BankHoliday? BankHolidayOn(DateOnly day) => _holidays.GetValueOrDefault(day);

    /// <summary>Whether the bank holidays around that day are not the published ones.</summary>
    public bool IsForecast(DateOnly day) => day < PublishedFrom || day > PublishedThrough;

    /// <summary>The first working day after that day.</summary>
    public DateOnly NextWorkingDay(DateOnly day) => AddWorkingDays(day, 1);

    /// <summary>
    /// The nth working day after that day, or before it when <paramref name="n"/> is negative. The day itself is not counted.
    /// Zero is the day itself when it is a working day, and otherwise the next working day.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The result is past the first or last day that can be written.</exception>
    public DateOnly AddWorkingDays(DateOnly day, int n)
    {
        if (n == 0 && IsWorkingDay(day))
            return day;

        var step = n < 0 ? -1 : 1;
        for (var left = Math.Max(1, Math.Abs((long)n)); left > 0;)
        {
            day = day.AddDays(step);
            if (IsWorkingDay(day))
                left--;
        }

        return day;
    }

    /// <summary>
    /// How many working days it takes to get from one day to the other: the first day is not counted, the last one is.
    /// Negative when <paramref name="to"/> is the earlier one. So it undoes <see cref="AddWorkingDays"/>.
    /// </summary>
    public int WorkingDaysBetween(DateOnly from, DateOnly to)
    {
        var step = to < from ? -1 : 1;
        var count = 0;
        while (from != to)
        {
            from = from.AddDays(step);
            if (IsWorkingDay(from))
                count += step;
        }

        return count;
    }

    private sealed record BankHolidaysFile(
        string Division,
        string Edition,
        string Source,
        DateOnly PublishedFrom,
        DateOnly PublishedThrough,
        IReadOnlyList<HolidayRow>? Published,
        string? ForecastSource,
        DateOnly? ForecastThrough,
        IReadOnlyList<HolidayRow>? Forecast);

    private sealed record HolidayRow(DateOnly Date, string? Title);
}
