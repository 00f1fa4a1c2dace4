using MappaFlows.Core.Cases;
using MappaFlows.Core.Eligibility;
using MappaFlows.Core.Referrals;

namespace MappaFlows.Testing.Product;

/// <summary>Referrals of made-up people that can be submitted as they are.</summary>
public static class SampleReferral
{
    /// <summary>Category 2, level 2, Hampshire, led by probation; the sentence expires so many years from that day.</summary>
    public static Referral Of(DateOnly today, int yearsToExpiry = 3) => new()
    {
        Placement = new()
        {
            Area = "hampshire",
            Category = Category.Category2,
            LevelSought = ManagementLevel.Level2,
            LeadAgency = "probation",
        },
        Subject = new() { GivenNames = "Sam", FamilyName = "Sample", DateOfBirth = new(1985, 4, 12), Ethnicity = "Not known" },
        Addresses = new() { NoFixedAddress = false, Current = "1 Example Street, Exampleton" },
        Offence = new()
        {
            IndexOffence = "Wounding with intent",
            Kind = Offence.Schedule15,
            Disposal = Disposal.Imprisonment,
            SentenceMonths = 48,
            Summary = "A made-up offence.",
        },
        Dates = new() { Sentence = today.AddYears(-1), SentenceExpiry = today.AddYears(yearsToExpiry) },
        Risk = new() { ToPublic = RiskLevel.High },
        Reason = new()
        {
            BehaviourAndAttitudes = "Made-up behaviour.",
            CurrentPlan = "A made-up plan.",
            WhyThisLevel = "Several agencies have to act together.",
        },
        Meeting = new() { CountersigningManager = "Morgan Manager" },
    };
}
