namespace MappaFlows.Core.Cases;

/// <summary>How much of a case someone may read. Each scope holds the one before.</summary>
public enum CaseScope
{
    /// <summary>The person's identity and the stage of the case, besides the disclosures in which the reader has a part.</summary>
    Person,

    /// <summary>The referral as it was sent, questions and answers, and the screening decision with its reasons.</summary>
    Referral,

    /// <summary>Everything.</summary>
    Whole,
}
