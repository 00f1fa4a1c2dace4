namespace MappaFlows.Web.Pages.Cases.Disclosures;

/// <summary>Disclosures, their stages and their decisions.</summary>
public static class DisclosureLabels
{
    public static string Label(this DisclosureStage stage) => stage switch
    {
        DisclosureStage.AwaitingApproval => "Waiting for approval",
        DisclosureStage.ChangeRequested => "Change asked for",
        DisclosureStage.Approved => "Approved, to be made",
        DisclosureStage.Refused => "Refused",
        DisclosureStage.Lapsed => "Not decided in time",
        DisclosureStage.Withdrawn => "Withdrawn",
        DisclosureStage.Made => "Made",
        DisclosureStage.ApprovalEnded => "Approval ended, not made",
        DisclosureStage.Revoked => "Approval revoked",
        _ => throw new ArgumentOutOfRangeException(nameof(stage), stage, "There are no words for this stage."),
    };

    /// <summary>The colour of the tag, as <c>govuk-tag</c> takes it.</summary>
    public static string Colour(this DisclosureStage stage) => stage switch
    {
        DisclosureStage.AwaitingApproval => "yellow",
        DisclosureStage.ChangeRequested => "orange",
        DisclosureStage.Approved => "turquoise",
        DisclosureStage.Refused or DisclosureStage.Lapsed or DisclosureStage.ApprovalEnded or DisclosureStage.Revoked => "red",
        DisclosureStage.Made => "green",
        _ => "grey",
    };

    public static string Label(this ApprovalOutcome outcome) => outcome switch
    {
        ApprovalOutcome.Approved => "Approved",
        ApprovalOutcome.Refused => "Refused",
        ApprovalOutcome.ChangeRequested => "Change asked for",
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, "There are no words for this outcome."),
    };

    public static string Label(this DisclosureDifference difference) => difference switch
    {
        DisclosureDifference.OtherMethod => "made by another method",
        DisclosureDifference.NoUndertaking => "no undertaking of confidentiality",
        DisclosureDifference.AfterLastDay => "made after the last day",
        DisclosureDifference.Revoked => "recorded after the approval was revoked",
        _ => throw new ArgumentOutOfRangeException(nameof(difference), difference, "There are no words for this difference."),
    };

    public static string Label(this DisclosureMethod method) => method switch
    {
        DisclosureMethod.InPerson => "In person",
        DisclosureMethod.Telephone => "By telephone",
        DisclosureMethod.VideoCall => "By video call",
        DisclosureMethod.Letter => "By letter",
        _ => throw new ArgumentOutOfRangeException(nameof(method), method, "There are no words for this method."),
    };
}
