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
        Assert.EndsWith(".", template.Sentence, StringComparison.Ordinal);
    }

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
