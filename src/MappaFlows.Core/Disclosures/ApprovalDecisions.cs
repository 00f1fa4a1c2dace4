namespace MappaFlows.Core.Disclosures;

/// <summary>
/// One named person decides a disclosure, on exactly the content that they were shown.
/// The approver or a coordinator can revoke an approval.
/// </summary>
public static class ApprovalDecisions
{
    private const string NotAsked = "You were not asked to make this decision.";

    private const string RoleLost = "You no longer hold a role that can make this decision.";

    private const string Recorded = " Your attempt was recorded.";

    private const string RecordedBefore = " Your earlier attempts were recorded.";

    public static Decision Decide(CaseState state, DecideDisclosure command, CaseContext context)
    {
        if (state.FindDisclosure(command.Number) is not { } disclosure) return DisclosureDecisions.NoSuchDisclosure;
        if (!disclosure.IsAwaitingApproval) return Decision.Conflict(WhyNotOpen(disclosure));
        if (context.Now >= ApprovalClock.Of(state, disclosure, context.Policy, context.Calendar).LapseAt.At)
            return Decision.Conflict("The time to decide has passed. The disclosure has to be proposed again. Nothing was changed.");
        if (command.TokenHash is not null
            && !disclosure.Links.Any(link => link.TokenHash == command.TokenHash
                && link.Request == disclosure.Request
                && link.PersonId == context.Actor.Id
                && link.EndsAt > context.Now))
        {
            return Decision.Conflict("This link has ended or was replaced. Open the newest email, or sign in and open the case. Nothing was changed.");
        }

        if (command.ContentHash != disclosure.ContentHash)
            return Decision.Conflict("The content was changed after you opened this page. Read it again before you decide. Nothing was changed.");

        var validation = new Validation();
        if (validation.Given(command.Outcome, nameof(command.Outcome), "Select what you decide"))
        {
            validation.Require(Enum.IsDefined(command.Outcome.Value), nameof(command.Outcome), "Select what you decide");
            validation.Require(
                command.Outcome != ApprovalOutcome.Approved || !(disclosure.Content.MakeBy < context.Today),
                nameof(command.Outcome),
                "The last day that was asked for has passed, so it cannot be approved: ask for a change, or refuse it");
        }

        validation.Text(command.Reasons, nameof(command.Reasons), "your reasons");
        return validation.HasFailed
            ? validation.Refused
            : Decision.Accept(new DisclosureDecided(command.Number, command.Outcome!.Value, command.Reasons, disclosure.ContentHash));
    }

    public static Decision IssueLink(CaseState state, IssueApprovalLink command, CaseContext context)
    {
        if (state.FindDisclosure(command.Number) is not { IsAwaitingApproval: true } disclosure || disclosure.Request != command.Request)
            return Decision.Conflict("This request for approval has ended.");
        var ends = ApprovalClock.Of(state, disclosure, context.Policy, context.Calendar).LapseAt.At;
        return Decision.Accept(new ApprovalLinkIssued(command.Number, command.Request, command.TokenHash, command.PersonId, ends));
    }

    /// <summary>
    /// Keeps a refused decision on record, so many of each person. Someone who may read neither the whole case nor this disclosure gets the
    /// same answer as for a disclosure that does not exist; without a link that was sent for it they write nothing into the case.
    /// </summary>
    public static Decision.Refused RecordAttempt(CaseState state, DecideDisclosure command, CaseContext context, Decision.Refused refused)
    {
        if (state.FindDisclosure(command.Number) is not { } disclosure) return DisclosureDecisions.NoSuchDisclosure;
        if (refused.Kind is not (RefusalKind.Forbidden or RefusalKind.Conflict)) return refused;

        var hasPart = CasePermissions.WorksOn(context.Actor, state) || DisclosurePermissions.MayRead(context.Actor, disclosure);
        var hasLink = command.TokenHash is { } token && disclosure.Links.Any(link => link.TokenHash == token);
        if (!hasPart && !hasLink) return DisclosureDecisions.NoSuchDisclosure;

        var isRecorded = state.Part<ApprovalAttemptsState>().MayRecord(command.Number, context.Actor.Id);
        var reason = refused.Kind == RefusalKind.Conflict ? refused.Problems[0].Message
            : (disclosure.MayBeDecidedBy(context.Actor.Id) ? RoleLost : NotAsked) + (isRecorded ? Recorded : RecordedBefore);
        var answer = refused.Kind == RefusalKind.Conflict ? refused : refused with { Problems = [new("", reason)] };
        return (hasPart ? answer : DisclosureDecisions.NoSuchDisclosure) with
        {
            Record = isRecorded ? [new ApprovalAttemptRefused(command.Number, reason)] : [],
        };
    }

    public static Decision Revoke(CaseState state, RevokeApproval command, CaseContext context)
    {
        if (state.FindDisclosure(command.Number) is not { } disclosure) return DisclosureDecisions.NoSuchDisclosure;
        if (!disclosure.IsApproved) return Decision.Conflict(MakingDecisions.NotApproved);
        var validation = new Validation();
        validation.Text(command.Reason, nameof(command.Reason), "why the approval is revoked");
        return validation.HasFailed ? validation.Refused : Decision.Accept(new ApprovalRevoked(command.Number, command.Reason));
    }

    /// <summary>Why a disclosure that was put up for a decision can no longer be decided.</summary>
    public static string WhyNotOpen(Disclosure disclosure) => disclosure.Stage switch
    {
        DisclosureStage.Lapsed => "The time to decide has passed. The disclosure has to be proposed again. Nothing was changed.",
        DisclosureStage.Withdrawn => "The proposal was withdrawn. Nothing was changed.",
        DisclosureStage.ChangeRequested => "A change was asked for already. You get a new link when the content is changed. Nothing was changed.",
        DisclosureStage.Refused => "This was refused already. Nothing was changed.",
        DisclosureStage.ApprovalEnded => "The approval ended. The disclosure has to be proposed again. Nothing was changed.",
        DisclosureStage.Revoked => "The approval was revoked. Nothing was changed.",
        _ => "This was approved already. Nothing was changed.",
    };
}
