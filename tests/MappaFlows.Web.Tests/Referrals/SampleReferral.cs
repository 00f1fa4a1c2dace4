namespace MappaFlows.Web.Tests.Referrals;

/// <summary>Referrals that can be sent, about people who are made up.</summary>
internal static class SampleReferral
{
    public static Referral Complete(DateOnly today, string familyName = "Sample", Category category = Category.Category2) => new()
    {
        Placement = new()
        {
            Area = "hampshire",
            Category = category,
            LevelSought = ManagementLevel.Level2,
            LeadAgency = "probation",
        },
        Subject = new()
        {
            GivenNames = "Sam",
            FamilyName = familyName,
            DateOfBirth = new(1980, 3, 31),
            Ethnicity = "White British",
        },
        Addresses = new() { NoFixedAddress = false, Current = "1 Sample Street" },
        Offence = new()
        {
            IndexOffence = "Wounding with intent",
            Kind = Offence.Schedule15,
            Disposal = Disposal.Imprisonment,
            SentenceMonths = 48,
            Summary = "A made-up offence",
        },
        Dates = new()
        {
            Sentence = today.AddYears(-1),
            SentenceExpiry = category == Category.Category2 ? today.AddYears(3) : null,
            NotificationEnd = category == Category.Category1 ? today.AddYears(9) : null,
        },
        Risk = new() { ToPublic = RiskLevel.High },
        Reason = new()
        {
            BehaviourAndAttitudes = "Made-up behaviour",
            CurrentPlan = "A made-up plan",
            WhyThisLevel = "Several agencies have to act together",
        },
        Meeting = new() { CountersigningManager = "Max Made-Up" },
    };
}
