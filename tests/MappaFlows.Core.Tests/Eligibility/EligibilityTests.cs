using MappaFlows.Core.Data;

namespace MappaFlows.Core.Tests.Eligibility;

public class EligibilityTests
{
    private static readonly DateOnly Start = new(2026, 1, 1);

    private static readonly DateOnly Sentenced = new(2026, 6, 3);

    private static EligibilityBasis Basis(string id, Category category, string? endsOn = null, bool indefinite = false) => new(
        id, category, "test", Start, endsOn is null ? null : DateOnly.Parse(endsOn), indefinite, EndRules.SentenceExpiry);

    [Fact]
    public void One_goes_before_two_and_two_before_four_and_four_before_three()
    {
        EligibilityBasis[] bases =
        [
            Basis("c3", Category.Category3),
            Basis("c4", Category.Category4, "2029-01-01"),
            Basis("c2", Category.Category2, "2028-01-01"),
            Basis("c1", Category.Category1, "2027-01-01"),
        ];

        Assert.Equal("c1", EligibilityAssessment.On(bases, new(2027, 1, 1))?.Id);
        Assert.Equal("c2", EligibilityAssessment.On(bases, new(2028, 1, 1))?.Id);
        Assert.Equal("c4", EligibilityAssessment.On(bases, new(2029, 1, 1))?.Id);
        Assert.Equal("c3", EligibilityAssessment.On(bases, new(2029, 1, 2))?.Id);
    }

    [Theory]
    [InlineData("2025-12-31", false)]
    [InlineData("2026-01-01", true)]
    [InlineData("2027-06-02", true)]
    [InlineData("2027-06-03", false)]
    public void A_basis_holds_from_its_first_day_through_the_whole_of_its_last(string day, bool holds) =>
        Assert.Equal(holds, EligibilityAssessment.On([Basis("c2", Category.Category2, "2027-06-02")], DateOnly.Parse(day)) is not null);

    [Fact]
    public void Within_a_category_the_basis_that_holds_longest_manages()
    {
        var shorter = Basis("a", Category.Category1, "2027-01-01");
        var longer = Basis("b", Category.Category1, "2036-01-01");
        var indefinite = Basis("d", Category.Category1, indefinite: true);
        var unknown = Basis("c", Category.Category1);

        Assert.Equal(longer, EligibilityAssessment.On([shorter, longer], Sentenced));
        Assert.Equal(indefinite, EligibilityAssessment.On([shorter, unknown, indefinite, longer], Sentenced));
        Assert.Equal(unknown, EligibilityAssessment.On([shorter, unknown, longer], Sentenced));
    }

    [Fact]
    public void The_order_of_the_record_makes_no_difference()
    {
        var a = Basis("a", Category.Category2, "2030-01-01");
        var b = Basis("b", Category.Category2, "2030-01-01");

        Assert.Equal(a, EligibilityAssessment.On([a, b], Sentenced));
        Assert.Equal(a, EligibilityAssessment.On([b, a], Sentenced));
    }

    [Fact]
    public void Where_Category_4_stands_is_data()
    {
        var rules = EligibilityRules.Parse(Rules.Replace(
            "\"category1\", \"category2\", \"category4\", \"category3\"", "\"category4\", \"category1\", \"category2\", \"category3\""));
        EligibilityBasis[] bases = [Basis("c1", Category.Category1, indefinite: true), Basis("c4", Category.Category4, "2030-01-01")];

        Assert.Equal("c1", EligibilityAssessment.On(bases, Sentenced)?.Id);
        Assert.Equal("c4", EligibilityAssessment.On(bases, Sentenced, rules)?.Id);
    }

    [Fact]
    public void No_category_without_a_basis() => Assert.Null(EligibilityAssessment.On([], Sentenced));

    [Theory]
    [InlineData(Offence.Schedule15, Disposal.Imprisonment, 11, "2026-06-03", false)]
    [InlineData(Offence.Schedule15, Disposal.Imprisonment, 12, "2026-06-03", true)]
    [InlineData(Offence.Schedule15, Disposal.Imprisonment, 13, "2026-06-03", true)]
    [InlineData(Offence.Schedule15, Disposal.Imprisonment, null, "2026-06-03", false)]
    [InlineData(Offence.Schedule15, Disposal.HospitalOrder, null, "2026-06-03", true)]
    [InlineData(Offence.Schedule15, Disposal.HospitalOrderWithRestriction, null, "2026-06-03", true)]
    [InlineData(Offence.Schedule15, Disposal.LifeOrPublicProtection, null, "2026-06-03", true)]
    [InlineData(Offence.Schedule15, Disposal.Other, null, "2026-06-03", false)]
    [InlineData(Offence.Schedule15, Disposal.Caution, null, "2026-06-03", false)]
    [InlineData(Offence.Schedule15, Disposal.ConditionalDischarge, 12, "2026-06-03", false)]
    [InlineData(Offence.Murder, Disposal.LifeOrPublicProtection, null, "2010-06-03", true)]
    [InlineData(Offence.ControllingOrCoerciveBehaviour, Disposal.Imprisonment, 12, "2025-02-02", false)]
    [InlineData(Offence.ControllingOrCoerciveBehaviour, Disposal.Imprisonment, 12, "2025-02-03", true)]
    [InlineData(Offence.ControllingOrCoerciveBehaviour, Disposal.Imprisonment, 11, "2025-02-03", false)]
    [InlineData(Offence.ControllingOrCoerciveBehaviour, Disposal.HospitalOrder, null, "2025-02-03", true)]
    [InlineData(Offence.Other, Disposal.Imprisonment, 60, "2026-06-03", false)]
    public void Category_2_needs_twelve_months_or_more_or_a_hospital_order_for_an_offence_that_counts(
        Offence offence, Disposal disposal, int? months, string sentencedOn, bool eligible)
    {
        var check = EligibilityAssessment.CheckCategory2(
            offence, disposal, months is { } m ? SentenceTerm.OfMonths(m) : null, DateOnly.Parse(sentencedOn));

        Assert.Equal(eligible, check.Eligible);
        Assert.EndsWith(".", check.Reason);
        Assert.NotEmpty(check.Source);
    }

    [Fact]
    public void A_refusal_says_from_when_the_offence_counts() =>
        Assert.Equal(
            "This offence counts for Category 2 when the sentence was passed on or after 3 February 2025.",
            EligibilityAssessment.CheckCategory2(
                Offence.ControllingOrCoerciveBehaviour, Disposal.Imprisonment, SentenceTerm.OfYears(2), new(2024, 12, 1)).Reason);

    [Fact]
    public void Only_Category_3_at_level_1_is_refused()
    {
        foreach (var category in Enum.GetValues<Category>())
        {
            foreach (var level in Enum.GetValues<ManagementLevel>())
            {
                var refused = category == Category.Category3 && level == ManagementLevel.Level1;
                Assert.Equal(!refused, EligibilityAssessment.CheckLevel(category, level).Eligible);
            }
        }

        Assert.Equal(
            "Category 3 can only be managed at level 2 or 3.",
            EligibilityAssessment.CheckLevel(Category.Category3, ManagementLevel.Level1).Reason);
    }

    [Theory]
    [InlineData("\"category4\", \"category3\"", "\"category3\"", "The precedence must name each category once.")]
    [InlineData("\"category4\", \"category3\"", "\"category3\", \"category3\"", "The precedence must name each category once.")]
    [InlineData("[ \"level2\" ]", "[]", "The levels of Category 3 are missing.")]
    [InlineData("\"minimumMonths\": 12", "\"minimumMonths\": 0", "Category 2 needs minimumMonths of 1 or more, and its offences.")]
    [InlineData("\"edition\": \"test\",", "", "It has no edition.")]
    [InlineData("\"confidence\": \"published\", \"source\": \"Test.\"", "\"confidence\": \"published\"", "Every rule needs its source.")]
    [InlineData("\"confidence\": \"published\"", "\"confidence\": \"sure\"", "Every rule needs a confidence, which is one of: published, superseded, unconfirmed, projectDefault, area.")]
    public void Rules_that_cannot_be_used_are_refused(string was, string becomes, string problem)
    {
        Assert.Contains(was, Rules);

        var error = Assert.Throws<DataFileException>(() => EligibilityRules.Parse(Rules.Replace(was, becomes)));

        Assert.Equal([problem], error.Problems);
    }

    [Fact]
    public void Empty_rules_are_refused_with_everything_that_is_missing() =>
        Assert.Equal(6, Assert.Throws<DataFileException>(() => EligibilityRules.Parse("{ }")).Problems.Count);

    private const string Rules = """
        {
          "edition": "test",
          "precedence": { "order": [ "category1", "category2", "category4", "category3" ], "confidence": "unconfirmed", "source": "Test." },
          "levels": { "category3": [ "level2" ], "confidence": "unconfirmed", "source": "Test." },
          "category2": { "minimumMonths": 12, "confidence": "unconfirmed", "source": "Test.",
            "offences": [ { "offence": "murder", "from": "2001-04-01", "confidence": "published", "source": "Test." } ] }
        }
        """;

    [Theory]
    [InlineData("2027-01-01", true, Category.Category1, EndRules.NotificationPeriod, "A basis cannot be indefinite and have an end date.")]
    [InlineData("2025-12-31", false, Category.Category1, EndRules.NotificationPeriod, "A basis cannot end before it starts.")]
    [InlineData(null, true, Category.Category3, EndRules.RecordedDecision, "A Category 3 basis ends by a decision. It cannot be indefinite.")]
    [InlineData(null, false, Category.Category2, "whenever", "There is no rule \"whenever\" that ends a basis.")]
    [InlineData("2026-01-01", false, Category.Category2, EndRules.SentenceExpiry, null)]
    [InlineData(null, true, Category.Category1, EndRules.NotificationPeriod, null)]
    public void A_basis_that_contradicts_itself_says_how(
        string? endsOn,
        bool indefinite,
        Category category,
        string endRule,
        string? problem) =>
        Assert.Equal(
            problem,
            new EligibilityBasis("a", category, "test", Start, endsOn is null ? null : DateOnly.Parse(endsOn), indefinite, endRule).Problem());

    [Theory]
    [InlineData("2008-06-03", "2026-06-02", true)]
    [InlineData("2008-06-03", "2026-06-03", false)]
    [InlineData("2008-02-29", "2026-02-28", true)]
    [InlineData("2008-02-29", "2026-03-01", false)]
    public void Eighteen_is_reached_as_the_birthday_begins(string born, string on, bool under18) =>
        Assert.Equal(under18, Ages.IsUnder18(DateOnly.Parse(born), DateOnly.Parse(on)));
}
