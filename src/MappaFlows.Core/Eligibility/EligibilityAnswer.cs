namespace MappaFlows.Core.Eligibility;

/// <summary>The answer to a question about eligibility.</summary>
/// <param name="Eligible">Yes or no.</param>
/// <param name="Reason">One plain sentence that can be shown beside the field.</param>
/// <param name="Confidence">How sure the rule is: one of <see cref="SourceConfidence"/>.</param>
/// <param name="Source">Where the rule comes from.</param>
public sealed record EligibilityAnswer(bool Eligible, string Reason, string Confidence, string Source);
