namespace MappaFlows.Core;

/// <summary>Everything that a case can do: the one page on which a feature is added.</summary>
public static class CaseFeatures
{
    /// <summary>A feature stands after those whose events it follows.</summary>
    public static CaseModel Model { get; } = CaseModel.Build(
        ReferralFeature.Register,
        EligibilityFeature.Register,
        ScreeningFeature.Register,
        Level1ReviewFeature.Register,
        MeetingFeature.Register,
        DisclosureFeature.Register,
        ApprovalAttemptsState.Register,
        ExitFeature.Register,
        EscalationFeature.Register);
}
