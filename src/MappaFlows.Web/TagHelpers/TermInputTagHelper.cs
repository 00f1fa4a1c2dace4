using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace MappaFlows.Web.TagHelpers;

/// <summary>
/// A length of time as a court says it, in four fields: <c>&lt;govuk-term-input years="Input.Years" months="Input.Months"
/// weeks="Input.Weeks" days="Input.Days" label="Length" /&gt;</c>. An error of any of them stands above all four.
/// </summary>
[HtmlTargetElement("govuk-term-input", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class TermInputTagHelper : FieldTagHelper
{
    public required ModelExpression Years { get; set; }

    public required ModelExpression Months { get; set; }

    public required ModelExpression Weeks { get; set; }

    public required ModelExpression Days { get; set; }

    private IEnumerable<ModelExpression> Parts => [Years, Months, Weeks, Days];

    /// <inheritdoc />
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        For = Years;
        Id = $"{ControlId(NameOf(Years))}-term";
        Error = Parts.Select(part => FirstError(NameOf(part))).FirstOrDefault(error => error is not null);
        var group = Markup.Element("div", "govuk-date-input", [.. Parts.Zip(["Years", "Months", "Weeks", "Days"], Item)]);
        WriteGroup(output, null, Fieldset("group", group));
    }

    private IHtmlContent Item(ModelExpression part, string label)
    {
        var name = NameOf(part);
        var id = ControlId(name);
        FormFields.Of(ViewContext.HttpContext).Add(name, id);
        var input = Markup.Element(
                "input",
                Markup.Classes(
                    "govuk-input govuk-date-input__input govuk-input--width-2",
                    FirstError(name) is null ? null : "govuk-input--error"))
            .SelfClosing()
            .With("id", id)
            .With("name", name)
            .With("type", "text")
            .With("value", Attempted(name).FirstOrDefault() ?? Plain(part.Model))
            .With("inputmode", "numeric");
        return Markup.Element(
            "div",
            "govuk-date-input__item",
            Markup.Element("div", "govuk-form-group", Markup.Element("label", "govuk-label govuk-date-input__label", label).With("for", id), input));
    }

    private string NameOf(ModelExpression part) => ViewContext.ViewData.TemplateInfo.GetFullHtmlFieldName(part.Name);
}
