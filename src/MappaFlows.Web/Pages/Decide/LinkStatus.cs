using MappaFlows.Core.Disclosures;
using Microsoft.AspNetCore.Http;

namespace MappaFlows.Web.Pages.Decide;

/// <summary>The HTTP status of a page that is shown for a link.</summary>
internal static class LinkStatus
{
    public static int Of(LinkState state) => state switch
    {
        LinkState.Open => StatusCodes.Status200OK,
        LinkState.Unknown => StatusCodes.Status404NotFound,
        LinkState.NotYours => StatusCodes.Status403Forbidden,
        LinkState.Decided => StatusCodes.Status409Conflict,
        _ => StatusCodes.Status410Gone,
    };
}
