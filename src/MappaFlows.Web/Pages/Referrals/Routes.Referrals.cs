#pragma warning disable IDE0130 // One class knows every address, so that nothing else has to.
namespace MappaFlows.Web;

/// <content>Referrals, from the first page of a draft to the page after sending.</content>
public static partial class Routes
{
    public const string Referrals = "/referrals";
    public const string NewReferral = Referrals + "/new";

    /// <summary>The list of a draft's parts.</summary>
    public static string ReferralDraft(string draftId) => $"{Referrals}/{draftId}";

    /// <summary>The page of one part.</summary>
    /// <param name="isChange">Whether the page leads back to the check page, not on to the next part.</param>
    public static string ReferralPart(string draftId, string slug, bool isChange = false) =>
        $"{ReferralDraft(draftId)}/{slug}{(isChange ? "?change=true" : "")}";

    public static string CheckReferral(string draftId) => $"{ReferralDraft(draftId)}/check";

    public static string RemoveReferral(string draftId) => $"{ReferralDraft(draftId)}/remove";

    public static string ReferralSent(CaseReference reference) => $"{Referrals}/sent/{reference}";
}
