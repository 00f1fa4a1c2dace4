namespace MappaFlows.Web.Labels;

/// <summary>When something is due: a day, and the moment where the rule counts hours; all null for no date.</summary>
/// <param name="At">The moment, where it is not the end of the day.</param>
/// <param name="Left">How long is left until that moment, such as "5 hours left"; null where it is over or days away.</param>
public sealed record DueDay(DateOnly? Day, bool IsOverdue, DateTimeOffset? At = null, string? Left = null)
{
    public static DueDay Of(Obligation obligation, DateTimeOffset now) => Of(obligation.Due?.Day, obligation.Due?.At, now);

    public static DueDay Of(OwedObligation? obligation, DateTimeOffset now) => Of(obligation?.Day, obligation?.Due, now);

    private static DueDay Of(DateOnly? day, DateTimeOffset? at, DateTimeOffset now)
    {
        if (at is not { } due || day is not { } last) return new(day, IsOverdue: false);
        if (due == LondonTime.EndOf(last)) return new(day, due <= now);
        var left = due - now;
        return new(day, due <= now, due, left > TimeSpan.Zero && left <= TimeSpan.FromDays(2) ? InWords(left) : null);
    }

    private static string InWords(TimeSpan left) => left switch
    {
        { TotalMinutes: < 1 } => "less than a minute left",
        { TotalMinutes: < 60 } => Counted((int)left.TotalMinutes, "minute"),
        _ => Counted((int)left.TotalHours, "hour"),
    };

    private static string Counted(int count, string unit) => count == 1 ? $"1 {unit} left" : $"{count} {unit}s left";
}
