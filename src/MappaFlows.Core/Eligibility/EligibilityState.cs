namespace MappaFlows.Core.Eligibility;

/// <summary>Why the person is managed.</summary>
public sealed record EligibilityState
{
    /// <summary>Every basis ever recorded, the oldest first.</summary>
    public IReadOnlyList<EligibilityBasis> Bases { get; init; } = [];
}

public static class CaseEligibility
{
    extension(CaseState state)
    {
        /// <inheritdoc cref="EligibilityState.Bases"/>
        public IReadOnlyList<EligibilityBasis> Bases => state.Part<EligibilityState>().Bases;
    }
}
