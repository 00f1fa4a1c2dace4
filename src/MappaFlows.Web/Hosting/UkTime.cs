namespace MappaFlows.Web.Hosting;

/// <summary>Dates and times as people in England and Wales read them: GOV.UK style, in UK local time.</summary>
public static class UkTime
{
    /// <summary>For example "1 June 2026".</summary>
    public static string Date(DateOnly date) => PlainDate.Of(date);

    /// <summary>The UK date of an instant, for example "1 June 2026".</summary>
    public static string Date(DateTimeOffset instant) => Date(LondonTime.Today(instant));

    /// <summary>For example "1 June 2026 at 9:05am".</summary>
    public static string DateAndTime(DateTimeOffset instant) => PlainDate.Of(instant);
}
