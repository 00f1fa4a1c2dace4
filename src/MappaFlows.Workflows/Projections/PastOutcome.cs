namespace MappaFlows.Workflows.Projections;

/// <summary>Something that was decided or ran out in a case, for those who may have been away.</summary>
/// <param name="Number">Which disclosure; null where it is about the case.</param>
/// <param name="People">Whom it concerns; none for everyone who works on the case.</param>
public sealed record PastOutcome(PastOutcomeKind Kind, int? Number, DateTimeOffset At, IReadOnlyList<string> People)
{
    /// <summary>The most that a row holds.</summary>
    private const int MaxKept = 10;

    public bool Concerns(string personId) => People.Count == 0 || People.Contains(personId);

    internal static IReadOnlyList<PastOutcome> Of(CaseState state) =>
    [
        .. state.Disclosures.SelectMany(OfDisclosure).Concat(OfCase(state)).OrderBy(outcome => outcome.At).TakeLast(MaxKept),
    ];

    private static IEnumerable<PastOutcome> OfDisclosure(Disclosure disclosure)
    {
        if (disclosure is { Decision: { } decision, Stage: not DisclosureStage.Withdrawn })
        {
            var kind = decision.Outcome switch
            {
                ApprovalOutcome.Approved => PastOutcomeKind.ProposalApproved,
                ApprovalOutcome.Refused => PastOutcomeKind.ProposalRefused,
                _ => PastOutcomeKind.ChangeAskedFor,
            };
            yield return new(kind, disclosure.Number, decision.At, Others(decision.By, disclosure.ProposedBy, disclosure.ApproverId));
        }

        if (disclosure.StageSince is not { } since) yield break;
        if (disclosure.Stage == DisclosureStage.Lapsed)
        {
            var asked = disclosure.Escalated ? disclosure.DeputyId : null;
            yield return new(PastOutcomeKind.RequestLapsed, disclosure.Number, since, Others(null, disclosure.ProposedBy, disclosure.ApproverId, asked));
        }

        if (disclosure.Stage is DisclosureStage.ApprovalEnded or DisclosureStage.Revoked)
        {
            var kind = disclosure.Stage == DisclosureStage.Revoked ? PastOutcomeKind.ApprovalRevoked : PastOutcomeKind.ApprovalEnded;
            yield return new(kind, disclosure.Number, since, Others(null, disclosure.ProposedBy, disclosure.ApproverId, disclosure.DiscloserId));
        }
    }

    private static IEnumerable<PastOutcome> OfCase(CaseState state)
    {
        if (state.Screening is { } screening)
        {
            yield return new(
                screening.Accepted ? PastOutcomeKind.ReferralAccepted : PastOutcomeKind.ReferralRefused,
                null,
                screening.DecidedAt,
                [state.ReferrerId]);
        }

        if (state.Exit is { } exit) yield return new(PastOutcomeKind.CaseClosed, null, exit.At, []);
    }

    private static IReadOnlyList<string> Others(string? than, params string?[] people) =>
        [.. people.OfType<string>().Where(person => person != than).Distinct()];
}

public enum PastOutcomeKind
{
    RequestLapsed,
    ProposalApproved,
    ProposalRefused,
    ChangeAskedFor,
    ApprovalEnded,
    ApprovalRevoked,
    ReferralAccepted,
    ReferralRefused,
    CaseClosed,
}
