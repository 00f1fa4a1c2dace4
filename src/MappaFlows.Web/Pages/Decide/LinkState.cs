using MappaFlows.Core.Cases;
using MappaFlows.Core.Disclosures;
using MappaFlows.Workflows.Notifications;
using Microsoft.AspNetCore.Http;

namespace MappaFlows.Web.Pages.Decide;

/// <summary>What a link to a decision is worth to the person who opens it.</summary>
public enum LinkState
{
    /// <summary>This person can decide now.</summary>
    Open,

    /// <summary>There is no such link. Said alike of a case, a disclosure and a token that there is none of.</summary>
    Unknown,

    /// <summary>It was sent to somebody else.</summary>
    NotYours,

    /// <summary>The content was changed after it was sent.</summary>
    Replaced,

    /// <summary>Its time is over.</summary>
    Ended,

    /// <summary>The proposal was taken back.</summary>
    Withdrawn,

    /// <summary>The decision was made.</summary>
    Decided,
}

/// <summary>Judges links.</summary>
public static class LinkStates
{
    public static LinkState Of(Case? @case, int number, string token, string personId, DateTimeOffset now)
    {
        var hash = ApprovalLinks.HashOf(token);
        var disclosure = @case?.Disclosures.FirstOrDefault(disclosure => disclosure.Number == number);
        var link = disclosure?.Links.FirstOrDefault(link => link.TokenHash == hash);
        if (disclosure is null || link is null) return LinkState.Unknown;
        if (link.PersonId != personId) return LinkState.NotYours;
        if (link.Request != disclosure.Request) return LinkState.Replaced;
        return disclosure.Stage switch
        {
            DisclosureStage.Withdrawn => LinkState.Withdrawn,
            DisclosureStage.Lapsed => LinkState.Ended,
            DisclosureStage.AwaitingApproval when link.EndsAt <= now => LinkState.Ended,
            DisclosureStage.AwaitingApproval => LinkState.Open,
            _ => LinkState.Decided,
        };
    }

    /// <summary>The status of a page that is shown for a link of this state.</summary>
    public static int Status(this LinkState state) => state switch
    {
        LinkState.Open => StatusCodes.Status200OK,
        LinkState.Unknown => StatusCodes.Status404NotFound,
        LinkState.NotYours => StatusCodes.Status403Forbidden,
        LinkState.Decided => StatusCodes.Status409Conflict,
        _ => StatusCodes.Status410Gone,
    };
}
