using MappaFlows.Core.Cases;
using MappaFlows.Core.Eligibility;
using MappaFlows.Core.Referrals;

namespace MappaFlows.Testing.Samples;

/// <summary>Referrals that can be submitted as they are, about a made-up person whose name occurs nowhere else.</summary>
public static class SampleReferrals
{
    public const string GivenNames = "Zebedee";

    public const string FamilyName = "Quillfeather";

    public const string Address = "1 Nowhere Lane, Testham";

    public const string CountersigningManager = "Max Made-Up";

    public static DateOnly SentenceExpiry { get; } = new(2031, 3, 14);

    private static DateOnly Sentence { get; } = new(2026, 3, 15);

    /// <summary>Category 2, level 2, Hampshire, led by probation.</summary>
    public static Referral Category2(DateOnly? sentenceExpiry = null) => new()
    {
        Placement = Placement(Category.Category2, ManagementLevel.Level2),
        Subject = new() { GivenNames = GivenNames, FamilyName = FamilyName, DateOfBirth = new(1980, 2, 29), Ethnicity = "Not known" },
        Addresses = new() { NoFixedAddress = false, Current = Address },
        Offence = new()
        {
            IndexOffence = "Wounding with intent",
            Kind = Offence.Schedule15,
            Disposal = Disposal.Imprisonment,
            SentenceMonths = 60,
            Summary = "Used a weapon.",
        },
        Dates = new() { Sentence = Sentence, SentenceExpiry = sentenceExpiry ?? SentenceExpiry },
        Risk = new() { ToPublic = RiskLevel.High },
        Reason = new() { BehaviourAndAttitudes = "Minimises the offence.", CurrentPlan = "Weekly supervision.", WhyThisLevel = "Several agencies are needed." },
        Meeting = new() { CountersigningManager = CountersigningManager },
    };

    public static Referral Category1(DateOnly notificationEnd) => Category2() with
    {
        Placement = Placement(Category.Category1, ManagementLevel.Level1),
        Dates = new() { Sentence = Sentence, NotificationEnd = notificationEnd },
    };

    public static Referral Category3() => Category2() with
    {
        Placement = Placement(Category.Category3, ManagementLevel.Level2),
        Dates = new() { Sentence = Sentence },
    };

    /// <summary>One that was sentenced a year before that day, at level 2.</summary>
    public static Referral Of(DateOnly today, string familyName = FamilyName, Category category = Category.Category2, int yearsToExpiry = 3)
    {
        var referral = Category2();
        return referral with
        {
            Placement = Placement(category, ManagementLevel.Level2),
            Subject = referral.Subject with { FamilyName = familyName },
            Dates = new()
            {
                Sentence = today.AddYears(-1),
                SentenceExpiry = category == Category.Category2 ? today.AddYears(yearsToExpiry) : null,
                NotificationEnd = category == Category.Category1 ? today.AddYears(9) : null,
            },
        };
    }

    public static ReferralPlacement Placement(Category category, ManagementLevel level) =>
        new() { Area = SamplePeople.Area, Category = category, LevelSought = level, LeadAgency = "probation" };
}
