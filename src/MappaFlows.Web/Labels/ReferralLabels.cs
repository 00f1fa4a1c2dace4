namespace MappaFlows.Web.Labels;

/// <summary>The choices of a referral.</summary>
public static class ReferralLabels
{
    public static string Label(this RiskLevel level) => level switch
    {
        RiskLevel.Low => "Low",
        RiskLevel.Medium => "Medium",
        RiskLevel.High => "High",
        RiskLevel.VeryHigh => "Very high",
        _ => throw new ArgumentOutOfRangeException(nameof(level), level, "There are no words for this risk."),
    };

    /// <summary>What the level of risk means.</summary>
    public static string Explanation(this RiskLevel level) => level switch
    {
        RiskLevel.Low => "Nothing points to serious harm now.",
        RiskLevel.Medium => "Serious harm is possible, but unlikely unless something changes.",
        RiskLevel.High => "Serious harm could happen at any time, and its effect would be serious.",
        RiskLevel.VeryHigh => "Serious harm could happen at once, and is more likely than not.",
        _ => throw new ArgumentOutOfRangeException(nameof(level), level, "There are no words for this risk."),
    };

    public static string Label(this Disposal disposal) => disposal switch
    {
        Disposal.LifeOrPublicProtection => "Life sentence or imprisonment for public protection",
        Disposal.Imprisonment => "Imprisonment or detention, suspended or not",
        Disposal.HospitalOrderWithRestriction => "Hospital order with a restriction order",
        Disposal.HospitalOrder => "Hospital order without a restriction order",
        Disposal.GuardianshipOrder => "Guardianship order",
        Disposal.Caution => "Caution",
        Disposal.ConditionalDischarge => "Conditional discharge",
        Disposal.AbsoluteDischarge => "Absolute discharge",
        Disposal.Other => "Another disposal, such as a community order or a fine",
        _ => throw new ArgumentOutOfRangeException(nameof(disposal), disposal, "There are no words for this disposal."),
    };

    public static string Label(this Offence offence) => offence switch
    {
        Offence.Murder => "Murder",
        Offence.Schedule15 => "An offence in Schedule 15 to the Criminal Justice Act 2003",
        Offence.ControllingOrCoerciveBehaviour => "Controlling or coercive behaviour",
        Offence.Other => "Another offence",
        _ => throw new ArgumentOutOfRangeException(nameof(offence), offence, "There are no words for this kind of offence."),
    };
}
