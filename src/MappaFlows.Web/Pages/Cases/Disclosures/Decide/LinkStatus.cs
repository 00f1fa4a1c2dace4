using Microsoft.AspNetCore.Http;

namespace MappaFlows.Web.Pages.Cases.Disclosures.Decide;

/// <summary>The HTTP status of a page that is shown for a link.</summary>
internal static class LinkStatus
{
    public static int Of(ApprovalLinkState state) => state switch
    {
        ApprovalLinkState.Open => StatusCodes.Status200OK,
        ApprovalLinkState.Unknown => StatusCodes.Status404NotFound,
        ApprovalLinkState.NotYours => StatusCodes.Status403Forbidden,
        ApprovalLinkState.Decided => StatusCodes.Status409Conflict,
        _ => StatusCodes.Status410Gone,
    };
}
