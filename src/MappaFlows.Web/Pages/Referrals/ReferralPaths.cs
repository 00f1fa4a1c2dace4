
namespace MappaFlows.Web.Pages.Referrals;

/// <summary>The addresses of a draft's pages.</summary>
internal static class ReferralPaths
{
    public static string First => ReferralPart.All[0].Slug;

    public static string TaskList(string draftId) => $"/referrals/{draftId}";

    public static string Check(string draftId) => $"/referrals/{draftId}/check";

    /// <summary>The page of one part.</summary>
    /// <param name="draftId">The draft.</param>
    /// <param name="part">The part.</param>
    /// <param name="isChange">Whether the page leads back to the check page and not on to the next part.</param>
    public static string Of(string draftId, ReferralPart part, bool isChange = false) =>
        $"/referrals/{draftId}/{part.Slug}{(isChange ? "?change=true" : "")}";
}
