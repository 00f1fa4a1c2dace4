using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace MappaFlows.Web.TagHelpers;

/// <summary>A list to choose one from: <c>&lt;govuk-select asp-for="Area" asp-items="Model.Areas" /&gt;</c>.</summary>
[HtmlTargetElement("govuk-select", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class SelectTagHelper : FieldTagHelper
{
    /// <summary>The choices. One with an empty value stands for "not chosen yet".</summary>
    [HtmlAttributeName("asp-items")]
    public IEnumerable<SelectListItem> Items { get; set; } = [];

    /// <inheritdoc />
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        Register(Id);
        var shown = Shown;
        var control = Markup.Element(
                "select",
                Markup.Classes("govuk-select", Fault is null ? null : "govuk-select--error"),
                [.. Items.Select(item => Markup.Element("option", null, item.Text)
                    .With("value", item.Value)
                    .With("selected", shown is null ? item.Selected : item.Value == shown)
                    .With("disabled", item.Disabled))])
            .With("id", Id)
            .With("name", Name)
            .With("aria-describedby", DescribedBy());
        MoveAttributes(output, control);
        WriteGroup(output, null, LabelFor(Id), HintPart(), ErrorPart(), control);
    }
}
