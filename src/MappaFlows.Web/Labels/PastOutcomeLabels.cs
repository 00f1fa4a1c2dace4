namespace MappaFlows.Web.Labels;

/// <summary>What was decided or ran out, as the start page says it.</summary>
public static class PastOutcomeLabels
{
    public static string Label(this PastOutcome outcome) => outcome.Kind switch
    {
        PastOutcomeKind.RequestLapsed => $"No one decided on disclosure {outcome.Number} in time",
        PastOutcomeKind.ProposalApproved => $"Disclosure {outcome.Number} was approved",
        PastOutcomeKind.ProposalRefused => $"Disclosure {outcome.Number} was refused",
        PastOutcomeKind.ChangeAskedFor => $"A change was asked for in disclosure {outcome.Number}",
        PastOutcomeKind.ApprovalEnded => $"The approval of disclosure {outcome.Number} ended",
        PastOutcomeKind.ApprovalRevoked => $"The approval of disclosure {outcome.Number} was revoked",
        PastOutcomeKind.ReferralAccepted => "The referral was accepted",
        PastOutcomeKind.ReferralRefused => "The referral was not accepted",
        PastOutcomeKind.CaseClosed => "The case closed",
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, "There are no words for this outcome."),
    };
}
