namespace MappaFlows.Core.Disclosures;

/// <summary>Disclosures to someone outside the agencies: proposed, decided by one named person, made and recorded.</summary>
public static class DisclosureFeature
{
    public static void Register(CaseModel model) => model
        .State<DisclosuresState>(version: 2, narrow: DisclosuresState.Narrow)
        .Command<ProposeDisclosure>(DisclosureDecisions.Propose, CasePermissions.CoordinatesOrLeads)
        .Command<ReviseDisclosure>(DisclosureDecisions.Revise, CasePermissions.CoordinatesOrLeads)
        .Command<WithdrawDisclosure>(DisclosureDecisions.Withdraw, CasePermissions.CoordinatesOrLeads)
        .Command<DecideDisclosure>(ApprovalDecisions.Decide, DisclosurePermissions.MayDecide, ApprovalDecisions.RecordAttempt)
        .Command<IssueApprovalLink>(ApprovalDecisions.IssueLink, CasePermissions.IsClock)
        .Command<RecordDisclosure>(MakingDecisions.Record, DisclosurePermissions.MayRecord)
        .Command<RevokeApproval>(ApprovalDecisions.Revoke, DisclosurePermissions.MayRevoke)
        .Command<ReplaceDiscloser>(MakingDecisions.Replace, DisclosurePermissions.MayReplace)
        .Event<DisclosureProposed>(DisclosuresState.Apply, CaseScope.Whole)
        .Event<DisclosureRevised>(DisclosuresState.Apply, CaseScope.Whole)
        .Event<DisclosureWithdrawn>(DisclosuresState.Apply, CaseScope.Whole)
        .Event<ApprovalLinkIssued>(DisclosuresState.Apply, CaseScope.Whole)
        .Event<ApprovalAttemptRefused>(CaseScope.Whole)
        .Event<ApprovalLapsed>(DisclosuresState.Apply, CaseScope.Whole)
        .Event<DisclosureDecided>(DisclosuresState.Apply, CaseScope.Whole)
        .Event<DisclosureMade>(DisclosuresState.Apply, CaseScope.Whole)
        .Event<ApprovalEnded>(DisclosuresState.Apply, CaseScope.Whole)
        .Event<ApprovalRevoked>(DisclosuresState.Apply, CaseScope.Whole)
        .Event<DiscloserReplaced>(DisclosuresState.Apply, CaseScope.Whole)
        .On<ObligationReminded>(DisclosuresState.Apply)
        .On<ObligationEscalated>(DisclosuresState.Apply)
        .Obligations(DisclosureObligations.Of, DisclosureObligations.Kinds, DisclosureObligations.Expire, DisclosureObligations.IsShown)
        .Readers(DisclosurePermissions.ScopeOf)
        .BeforeClosing(DisclosureDecisions.WithdrawOpen);
}
