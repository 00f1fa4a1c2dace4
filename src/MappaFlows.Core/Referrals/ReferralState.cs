namespace MappaFlows.Core.Referrals;

/// <summary>The referral as it was sent.</summary>
public sealed record ReferralState
{
    public Referral Referral { get; init; } = new();

    public static ReferralState Apply(ReferralState state, ReferralSubmitted happened, EventInfo info) =>
        state with { Referral = happened.Referral };

    /// <summary>All of it for readers of the referral; for others what tells the person from others of the same name.</summary>
    public static ReferralState Narrow(ReferralState state, CaseState whole, Person reader, CaseScope scope) =>
        scope >= CaseScope.Referral ? state : new() { Referral = new() { Subject = Identity(state.Referral.Subject) } };

    private static ReferralSubject Identity(ReferralSubject subject) => new()
    {
        GivenNames = subject.GivenNames,
        FamilyName = subject.FamilyName,
        OtherNames = subject.OtherNames,
        DateOfBirth = subject.DateOfBirth,
    };
}

public static class CaseReferral
{
    extension(CaseState state)
    {
        public Referral Referral => state.Part<ReferralState>().Referral;
    }
}
