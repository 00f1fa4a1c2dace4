#pragma warning disable IDE0130 // One class knows every address, so that nothing else has to.
namespace MappaFlows.Web;

/// <content>Disclosures, from the proposal to the record that one was made.</content>
public static partial class Routes
{
    public static string NewDisclosure(CaseReference reference) => $"{Case(reference)}/disclosures/new";

    public static string Disclosure(CaseReference reference, int number) => $"{Case(reference)}/disclosures/{number}";

    public static string ReviseDisclosure(CaseReference reference, int number) => $"{Disclosure(reference, number)}/revise";

    public static string WithdrawDisclosure(CaseReference reference, int number) => $"{Disclosure(reference, number)}/withdraw";

    public static string RevokeApproval(CaseReference reference, int number) => $"{Disclosure(reference, number)}/revoke";

    public static string ReplaceDiscloser(CaseReference reference, int number) => $"{Disclosure(reference, number)}/discloser";

    public static string DisclosureMade(CaseReference reference, int number) => $"{Disclosure(reference, number)}/made";

    /// <summary>Where the link of an approval email leads.</summary>
    public static string DecideDisclosure(CaseReference reference, int number, string token) => $"/decide/{reference}/{number}?link={token}";

    /// <summary>What the approver sees after the decision.</summary>
    public static string DisclosureDecided(CaseReference reference, int number) => $"/decide/{reference}/{number}/done";
}
