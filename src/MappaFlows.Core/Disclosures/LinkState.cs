using MappaFlows.Core.Cases;

namespace MappaFlows.Core.Disclosures;

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
    /// <param name="case">The case that the link names; null where there is none.</param>
    /// <param name="number">The disclosure that it names.</param>
    /// <param name="tokenHash">The hash of its token.</param>
    /// <param name="personId">Who opens it.</param>
    /// <param name="now">When.</param>
    public static LinkState Of(Case? @case, int number, string tokenHash, string personId, DateTimeOffset now)
    {
        var disclosure = @case?.Disclosures.FirstOrDefault(disclosure => disclosure.Number == number);
        var link = disclosure?.Links.FirstOrDefault(link => link.TokenHash == tokenHash);
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
}
