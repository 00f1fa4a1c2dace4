using System.Reflection;

namespace MappaFlows.Workflows.Tests.Reactions;

/// <summary>The words of every email that the product sends.</summary>
public sealed class EmailTemplateTests
{
    public static TheoryData<string> Names { get; } = [.. CaseReactions.Table.EmailTemplates.Select(template => template.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Email_names_the_case_and_says_what_to_do(string name)
    {
        var template = CaseReactions.Table.EmailTemplates.Single(template => template.Name == name);
        var reference = CaseReference.For("someone", "key");

        Assert.Contains(reference.ToString(), template.SubjectFor(reference), StringComparison.Ordinal);
        Assert.StartsWith("MAPPA: ", template.SubjectFor(reference), StringComparison.Ordinal);
        Assert.EndsWith(".", template.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void A_subject_says_what_is_asked_and_by_when_and_whether_it_is_an_emergency()
    {
        var reference = CaseReference.For("someone", "key");
        var template = CaseReactions.Table.EmailTemplates.Single(template => template.Name == "DisclosureToMake");
        var day = new DateOnly(2026, 12, 4);
        Deadline byDay = new(LondonTime.EndOf(day), day, "Rule.", Rule: null);
        Deadline byHour = new(new(2026, 12, 4, 9, 30, 0, TimeSpan.Zero), day, "Rule.", Rule: null);

        Assert.Equal($"MAPPA: disclosure to make by 4 December 2026, {reference}", template.SubjectFor(reference, byDay, now: byHour.At));
        Assert.Equal($"MAPPA: disclosure to make by 4 December 2026 at 9:30am, {reference}", template.SubjectFor(reference, byHour));
        Assert.Equal($"MAPPA: disclosure to make, was due 4 December 2026, {reference}", template.SubjectFor(reference, byDay, now: byDay.At));
        Assert.Equal($"EMERGENCY, MAPPA: disclosure to make, {reference}", template.SubjectFor(reference, isEmergency: true));
    }

    [Fact]
    public void Only_what_may_not_wait_for_the_morning_is_urgent() => Assert.Equal(
        ["ApprovalEscalated", "ApprovalReminder", "ApprovalRequested", "DisclosureApprovalRevoked", "DisclosureNoLongerYours", "DisclosureToMake", "EmergencyReferralReceived"],
        CaseReactions.Table.EmailTemplates.Where(template => template.IsUrgent).Select(template =>
            template.Name).Order(StringComparer.Ordinal));

    [Fact]
    public void Every_template_of_a_feature_is_registered() => Assert.Equal(
        typeof(CaseReactions).Assembly.GetTypes()
            .SelectMany(type => type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
            .Where(field => field.FieldType == typeof(EmailTemplate))
            .Select(field => ((EmailTemplate)field.GetValue(null)!).Name)
            .Order(StringComparer.Ordinal),
        CaseReactions.Table.EmailTemplates.Select(template => template.Name).Order(StringComparer.Ordinal));

    [Fact]
    public void Email_whose_words_are_gone_still_has_a_subject()
    {
        var reference = CaseReference.For("someone", "key");

        Assert.Equal($"GoneSince: {reference}", new EmailTemplates([]).SubjectOf(new("id", "GoneSince", reference, new("someone"))));
    }
}
