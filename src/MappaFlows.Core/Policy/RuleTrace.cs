namespace MappaFlows.Core.Policy;

/// <summary>Which rule made a date, kept with the date so that it can still be explained when the rule has changed.</summary>
/// <param name="ClockId">One of <see cref="ClockIds"/>.</param>
/// <param name="Title">The clock's name at the time.</param>
/// <param name="Edition">The edition of the policy.</param>
/// <param name="Confidence">One of <see cref="SourceConfidence"/>.</param>
/// <param name="Source">Where the figure comes from, in our own words.</param>
/// <param name="StartEvent">What started the clock, such as "the referral was received".</param>
/// <param name="StartDay">The day in London on which the clock started, or for a clock that runs backwards the day it counts from.</param>
/// <param name="StartAt">The instant, when the clock counts hours.</param>
/// <param name="Length">Such as "5 working days".</param>
/// <param name="Direction">Which way it counts.</param>
/// <param name="Area">The code of the area whose own policy it is, or null for the policy of all areas.</param>
/// <param name="Calendar">The edition of the list of bank holidays, when the clock counts working days.</param>
/// <param name="Forecast">Whether the date rests on bank holidays that were not published yet.</param>
public sealed record RuleTrace(
    string ClockId,
    string Title,
    string Edition,
    string Confidence,
    string Source,
    string StartEvent,
    DateOnly StartDay,
    DateTimeOffset? StartAt,
    string Length,
    ClockDirection Direction,
    string? Area = null,
    string? Calendar = null,
    bool Forecast = false)
{
    /// <summary>
    /// Plain words, such as "5 working days after the referral was received on 3 June 2026. Policy edition 2026-01: project default."
    /// </summary>
    public string Explain()
    {
        var direction = Direction switch
        {
            ClockDirection.Before => "before",
            ClockDirection.BeginningWith => "beginning with the day",
            _ => "after",
        };
        var start = StartAt is { } instant ? PlainDate.Of(instant) : PlainDate.Of(StartDay);
        var policy = Area is null ? "Policy" : $"{MappaAreas.Find(Area)?.Name ?? Area} policy";
        var forecast = Forecast ? " It rests on a forecast of bank holidays." : "";
        return $"{Length} {direction} {StartEvent} on {start}. "
            + $"{policy} edition {Edition}: {SourceConfidence.Describe(Confidence)}.{forecast}";
    }
}
