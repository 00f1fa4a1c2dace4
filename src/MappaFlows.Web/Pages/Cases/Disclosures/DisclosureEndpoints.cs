namespace MappaFlows.Web.Pages.Cases.Disclosures;

/// <summary>Disclosures, for programs.</summary>
internal static class DisclosureEndpoints
{
    public static void Map(CaseCommandEndpoints api)
    {
        api.Map<ProposeDisclosure>(
            "/disclosures",
            "ProposeDisclosure",
            "Proposes a disclosure and asks the approver",
            field => field == nameof(ProposeDisclosure.ApproverId) ? JsonFields.OfProperty(field) : $"content.{JsonFields.OfProperty(field)}");
        api.Map<DisclosureContent, ReviseDisclosure>(
            "/disclosures/{number:int}/revision",
            "ReviseDisclosure",
            "Changes the content of a disclosure and asks the approver again",
            (number, body) => new ReviseDisclosure(number, body));
        api.Map<WithdrawDisclosureRequest, WithdrawDisclosure>(
            "/disclosures/{number:int}/withdrawal",
            "WithdrawDisclosure",
            "Takes a proposal back",
            (number, body) => new WithdrawDisclosure(number, body.Reason));
        api.Map<DecideDisclosureRequest, DecideDisclosure>(
                "/disclosures/{number:int}/decision",
                "DecideDisclosure",
                "Decides on exactly the content with this hash",
                (number, body) => new DecideDisclosure
                {
                    Number = number,
                    Outcome = body.Outcome,
                    Reasons = body.Reasons,
                    ContentHash = body.ContentHash,
                })
            .RequireFreshSignIn();
        api.Map<RevokeApprovalRequest, RevokeApproval>(
            "/disclosures/{number:int}/revocation",
            "RevokeApproval",
            "Takes an approval back",
            (number, body) => new RevokeApproval(number, body.Reason));
        api.Map<ReplaceDiscloserRequest, ReplaceDiscloser>(
            "/disclosures/{number:int}/discloser",
            "ReplaceDiscloser",
            "Names another discloser; unless the approver does, the approver is asked again",
            (number, body) => new ReplaceDiscloser(number, body.DiscloserId, body.Reason));
        api.Map<DisclosureRecord, RecordDisclosure>(
            "/disclosures/{number:int}/act", "RecordDisclosure", "Records that the disclosure was made", (number, body) => new RecordDisclosure(number, body));
    }
}

/// <summary>Why a proposal is taken back.</summary>
public sealed record WithdrawDisclosureRequest(string? Reason);

/// <summary>Why an approval is taken back.</summary>
public sealed record RevokeApprovalRequest(string? Reason);

/// <summary>Who makes the disclosure from now on, and why.</summary>
public sealed record ReplaceDiscloserRequest(string? DiscloserId, string? Reason);

/// <summary>The approver's decision; the hash says on which content.</summary>
public sealed record DecideDisclosureRequest(ApprovalOutcome? Outcome, string? Reasons, string? ContentHash);
