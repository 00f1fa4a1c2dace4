namespace MappaFlows.Core.Disclosures;

/// <summary>What a link to a decision is worth to the person who opens it.</summary>
public enum ApprovalLinkState
{
    /// <summary>This person can decide now.</summary>
    Open,

    /// <summary>There is no such link. Said alike of a case, a disclosure and a token that there is none of.</summary>
    Unknown,

    /// <summary>It was sent to someone else, or to someone who no longer holds a role that can decide.</summary>
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

/// <summary>Says whether a link still lets a person decide, and why not.</summary>
public static class ApprovalLinkStates
{
    /// <param name="state">The case that the link names; null where there is none.</param>
    /// <param name="number">The disclosure that it names.</param>
    /// <param name="tokenHash">The hash of its token.</param>
    /// <param name="person">Who opens it.</param>
    /// <param name="now">When they open it.</param>
    public static ApprovalLinkState Of(CaseState? state, int number, string tokenHash, Person person, DateTimeOffset now)
    {
        var disclosure = state?.FindDisclosure(number);
        var link = disclosure?.Links.FirstOrDefault(link => link.TokenHash == tokenHash);
        if (state is null || disclosure is null || link is null) return ApprovalLinkState.Unknown;
        if (link.PersonId != person.Id || !DisclosurePermissions.HoldsApprovingRole(person, state)) return ApprovalLinkState.NotYours;
        if (link.Request != disclosure.Request) return ApprovalLinkState.Replaced;
        return disclosure.Stage switch
        {
            DisclosureStage.Withdrawn => ApprovalLinkState.Withdrawn,
            DisclosureStage.Lapsed => ApprovalLinkState.Ended,
            DisclosureStage.AwaitingApproval when link.EndsAt <= now => ApprovalLinkState.Ended,
            DisclosureStage.AwaitingApproval => ApprovalLinkState.Open,
            _ => ApprovalLinkState.Decided,
        };
    }
}
