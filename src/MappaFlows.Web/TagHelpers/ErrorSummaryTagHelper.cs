using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace MappaFlows.Web.TagHelpers;

/// <summary>
/// Every error of the model state, each a link to its field. The layout has it above every page, so a page needs none of its own.
/// </summary>
[HtmlTargetElement("govuk-error-summary", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class ErrorSummaryTagHelper : TagHelper
{
    /// <summary>The heading.</summary>
    public string Title { get; set; } = "There is a problem";

    /// <summary>The view that is being written.</summary>
    [ViewContext]
    [HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    /// <inheritdoc />
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var errors = Errors().ToList();
        if (errors.Count == 0)
        {
            output.SuppressOutput();
            return;
        }

        output.Becomes("div", "govuk-error-summary");
        output.Attributes.SetAttribute("data-module", "govuk-error-summary");
        output.Content.SetHtmlContent(Markup.Element(
            "div",
            null,
            Markup.Element("h2", "govuk-error-summary__title", Title),
            Markup.Element(
                "div",
                "govuk-error-summary__body",
                Markup.Element("ul", "govuk-list govuk-error-summary__list", [.. errors.Select(Line)]))).With("role", "alert"));
    }

    private static TagBuilder Line((string Message, string? Target) error) =>
        Markup.Element("li", null, error.Target is null ? error.Message : Markup.Element("a", null, error.Message).With("href", $"#{error.Target}"));

    /// <summary>As the fields stand on the page, one a field as beside the field; then the errors that belong to no field.</summary>
    private IEnumerable<(string Message, string? Target)> Errors()
    {
        var fields = FormFields.Of(ViewContext.HttpContext).All;
        foreach (var field in fields)
        {
            if (ViewContext.ModelState.TryGetValue(field.Name, out var entry) && entry.Errors is [var first, ..])
                yield return (FieldTagHelper.Message(first), field.Id);
        }

        var known = fields.Select(field => field.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var error in ViewContext.ModelState.Where(entry => !known.Contains(entry.Key)).SelectMany(entry => entry.Value!.Errors))
            yield return (FieldTagHelper.Message(error), null);
    }
}
