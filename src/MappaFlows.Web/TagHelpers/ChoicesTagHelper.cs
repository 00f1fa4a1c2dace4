using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace MappaFlows.Web.TagHelpers;

/// <summary>
/// A group of radio buttons: <c>&lt;govuk-radios asp-for="Level"&gt;&lt;govuk-radio value="1" label="Level 1" /&gt;…</c>.
/// </summary>
[HtmlTargetElement("govuk-radios")]
public sealed class RadiosTagHelper() : ChoicesTagHelper("radio", "radios");

/// <summary>
/// A group of checkboxes, for a list or one flag: <c>&lt;govuk-checkboxes asp-for="Agencies" asp-items="Model.Agencies" /&gt;</c>.
/// </summary>
[HtmlTargetElement("govuk-checkboxes")]
public sealed class CheckboxesTagHelper() : ChoicesTagHelper("checkbox", "checkboxes");

/// <summary>What the two groups of choices have in common.</summary>
public abstract class ChoicesTagHelper(string type, string component) : FieldTagHelper
{
    /// <summary>Choices made from data; those that stand in the tag follow them.</summary>
    [HtmlAttributeName("asp-items")]
    public IEnumerable<SelectListItem> Items { get; set; } = [];

    /// <summary>Whether the choices are smaller than usual.</summary>
    public bool Small { get; set; }

    /// <summary>Whether the choices stand side by side: for two short ones.</summary>
    public bool Inline { get; set; }

    /// <inheritdoc />
    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        Register(Id);
        var choices = new Choices(type, component, Name, Id, AllShown);
        context.Items[typeof(Choices)] = choices;

        var list = Markup.Element(
            "div",
            Markup.Classes($"govuk-{component}", Small ? $"govuk-{component}--small" : null, Inline ? $"govuk-{component}--inline" : null));
        foreach (var item in Items)
            list.InnerHtml.AppendHtml(choices.Item(item.Value, item.Text, hint: null, isTicked: item.Selected, isDisabled: item.Disabled));
        list.InnerHtml.AppendHtml(await output.GetChildContentAsync());
        list.With("data-module", $"govuk-{component}");
        WriteGroup(output, null, Fieldset(null, list));
    }
}
