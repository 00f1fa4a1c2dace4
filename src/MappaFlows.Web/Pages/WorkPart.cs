namespace MappaFlows.Web.Pages;

/// <summary>A part of what a person owes, such as what is due today.</summary>
/// <param name="Id">Marks it on the page.</param>
public sealed record WorkPart(string Id, string Title, IReadOnlyList<OwedWork> Items)
{
    /// <summary>
    /// Overdue, today, this week (through Sunday), later and without a date; those that are not empty.
    /// Emergencies stand first in each.
    /// </summary>
    public static IEnumerable<WorkPart> Of(IEnumerable<OwedWork> work, DateTimeOffset now)
    {
        var today = LondonTime.Today(now);
        var sunday = today.AddDays((7 - (int)today.DayOfWeek) % 7);
        return work.GroupBy(item => item.Obligation switch
            {
                { Due: null } => new WorkPart("no-date", "No date", []),
                { Due: { } due } when due <= now => new("overdue", "Overdue", []),
                { Due: { } due } when due <= LondonTime.EndOf(today) => new("today", "Today", []),
                { Due: { } due } when due <= LondonTime.EndOf(sunday) => new("this-week", "This week", []),
                _ => new("later", "Later", []),
            })
            .Select(group => group.Key with { Items = [.. group.OrderByDescending(item => item.Case is { IsEmergency: true })] });
    }
}
