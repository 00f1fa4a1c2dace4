using MappaFlows.Core.Calendars;

namespace MappaFlows.Core.Streams;

/// <summary>The one rule for dates: each in a year that can be meant, and those that follow one another in their order.</summary>
public static class DateValidation
{
    /// <summary>Nobody who is managed today has a date before it.</summary>
    private const int EarliestYear = 1900;

    private const int YearsAhead = 100;

    /// <summary>Refuses a year that is a slip of the pen. A date that was not given is none.</summary>
    /// <returns>Whether there is a date that can be meant.</returns>
    public static bool Plausible(
        this Validation validation, DateOnly? day, string field, string name, DateOnly today, int yearsAhead = YearsAhead)
    {
        if (day is not { } given) return false;
        var (isOld, isFar) = (given.Year < EarliestYear, given >= today.AddYears(yearsAhead));
        validation.Require(!isOld, field, $"{name} must have a year from {EarliestYear}: it has {given.Year:0000}");
        validation.Require(!isFar, field, $"{name} must be within {yearsAhead} years");
        return !isOld && !isFar;
    }

    /// <summary>Asks for a date to be no earlier than another. Dates that were not given are in any order.</summary>
    /// <param name="name">The date's name as the beginning of a sentence.</param>
    /// <param name="earlierName">The other's name within a sentence.</param>
    public static void NotBefore(
        this Validation validation, DateOnly? day, string field, string name, DateOnly? earlier, string earlierName)
    {
        if (day is null || earlier is not { } first) return;
        validation.Require(day >= first, field, $"{name} must not be before {earlierName}, {PlainDate.Of(first)}");
    }
}
