namespace MappaFlows.Core.Notification;

/// <summary>
/// When someone with an indefinite notification requirement may ask for a review. Nothing here ends a requirement:
/// only the chief officer's decision does.
/// </summary>
public static class IndefiniteReview
{
    /// <summary>The first day on which the person may apply.</summary>
    /// <param name="policy">The policy with the clocks.</param>
    /// <param name="areaCode">The area whose policy holds.</param>
    /// <param name="firstNotification">The day of the first notification to the police.</param>
    /// <param name="under18">Whether the person was under 18 on the relevant date.</param>
    public static Deadline First(PolicyBook policy, string areaCode, DateOnly firstNotification, bool under18) =>
        Due(policy, under18 ? ClockIds.IndefiniteReviewUnder18 : ClockIds.IndefiniteReviewAdult, areaCode, firstNotification);

    /// <summary>The first day on which the person may apply again after a decision that the requirement goes on.</summary>
    public static Deadline Further(PolicyBook policy, string areaCode, DateOnly lastDecision) =>
        Due(policy, ClockIds.IndefiniteReviewFurther, areaCode, lastDecision);

    /// <summary>The last day for the chief officer's decision.</summary>
    public static Deadline DecisionBy(PolicyBook policy, string areaCode, DateOnly applicationReceived) =>
        Due(policy, ClockIds.IndefiniteReviewDecision, areaCode, applicationReceived);

    private static Deadline Due(PolicyBook policy, string clockId, string areaCode, DateOnly start) =>
        policy.Clock(clockId, areaCode, start).Due(start, WorkingCalendar.EnglandAndWales);
}
