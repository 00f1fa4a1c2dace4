using Microsoft.AspNetCore.Razor.TagHelpers;

namespace MappaFlows.Web.TagHelpers;

/// <summary>One radio button or checkbox. What stands in the tag is shown when it is chosen.</summary>
[HtmlTargetElement("govuk-radio", ParentTag = "govuk-radios")]
[HtmlTargetElement("govuk-checkbox", ParentTag = "govuk-checkboxes")]
public sealed class ChoiceTagHelper : TagHelper
{
    /// <summary>What is posted when it is chosen.</summary>
    public string Value { get; set; } = "true";

    /// <summary>What the reader sees.</summary>
    public string Label { get; set; } = "";

    /// <summary>Help below the label.</summary>
    public string? Hint { get; set => field = Markup.Given(value); }

    /// <summary>Whether it is chosen where neither the post nor the property says what is.</summary>
    public bool Checked { get; set; }

    /// <summary>Whether it cannot be chosen.</summary>
    public bool Disabled { get; set; }

    /// <summary>Whether choosing it unticks all others: "none of these".</summary>
    public bool Exclusive { get; set; }

    /// <inheritdoc />
    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var choices = (Choices)context.Items[typeof(Choices)];
        var revealed = await output.GetChildContentAsync();
        output.TagName = null;
        output.Content.SetHtmlContent(
            choices.Item(Value, Label, Hint, Checked, Disabled, Exclusive, revealed.IsBlank() ? null : revealed));
    }
}

/// <summary>A word between choices, by default "or".</summary>
[HtmlTargetElement("govuk-divider", ParentTag = "govuk-radios", TagStructure = TagStructure.NormalOrSelfClosing)]
[HtmlTargetElement("govuk-divider", ParentTag = "govuk-checkboxes", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class DividerTagHelper : TagHelper
{
    /// <inheritdoc />
    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var text = (await output.GetChildContentAsync()).GetContent().Trim();
        output.TagName = null;
        output.Content.SetHtmlContent(((Choices)context.Items[typeof(Choices)]).Divider(text.Length == 0 ? "or" : text));
    }
}
