using System.Text.Json.Serialization;

namespace MappaFlows.Core.Policy;

/// <summary>A figure of the policy that is not a clock, as it stands in one edition.</summary>
/// <param name="Id">One of <see cref="TargetIds"/>.</param>
/// <param name="Title">What people call it.</param>
/// <param name="Amount">At least this much.</param>
/// <param name="Unit">What is counted.</param>
/// <param name="Edition">The edition of the policy.</param>
/// <param name="Confidence">One of <see cref="SourceConfidence"/>.</param>
/// <param name="Source">Where the figure comes from, in our own words.</param>
/// <param name="Area">The code of the area whose own policy it is, or null for the policy of all areas.</param>
public sealed record TargetRule(
    string Id,
    string Title,
    int Amount,
    TargetUnit Unit,
    string Edition,
    string Confidence,
    string Source,
    string? Area = null);

/// <summary>What a target counts.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<TargetUnit>))]
public enum TargetUnit
{
    Percent,
    TimesAYear,
}
