using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace MappaFlows.Web.TagHelpers;

/// <summary>
/// A date in three fields, for a <see cref="DateInput"/>: <c>&lt;govuk-date-input asp-for="DateOfBirth" birthday="true" /&gt;</c>.
/// </summary>
[HtmlTargetElement("govuk-date-input", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class DateInputTagHelper : FieldTagHelper
{
    /// <summary>Whether it is the user's own date of birth, which the browser may fill in.</summary>
    public bool Birthday { get; set; }

    /// <inheritdoc />
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var model = For?.Model as DateInput;
        var shown = new DateInput(Typed("Day", model?.Day), Typed("Month", model?.Month), Typed("Year", model?.Year));
        var wrong = Fault is null ? DateParts.None : shown.Read(LabelText).Wrong;
        // A real date may still be the wrong one, for example in the past: then all three are in question.
        if (Fault is not null && wrong == DateParts.None)
            wrong = DateParts.All;

        var first = wrong.HasFlag(DateParts.Day) || wrong == DateParts.None ? "day" : wrong.HasFlag(DateParts.Month) ? "month" : "year";
        Register($"{Id}-{first}");
        var group = Markup.Element(
                "div",
                "govuk-date-input",
                Item("Day", shown.Day, wrong.HasFlag(DateParts.Day), 2),
                Item("Month", shown.Month, wrong.HasFlag(DateParts.Month), 2),
                Item("Year", shown.Year, wrong.HasFlag(DateParts.Year), 4))
            .With("id", Id);
        WriteGroup(output, null, Fieldset("group", group));
    }

    private string? Typed(string part, string? value) => Attempted($"{Name}.{part}").FirstOrDefault() ?? value;

    private IHtmlContent Item(string part, string? value, bool isWrong, int width)
    {
        var lower = part.ToLowerInvariant();
        var id = $"{Id}-{lower}";
        var input = Markup.Element(
                "input",
                Markup.Classes("govuk-input govuk-date-input__input", isWrong ? "govuk-input--error" : null, $"govuk-input--width-{width}"))
            .SelfClosing()
            .With("id", id)
            .With("name", $"{Name}.{part}")
            .With("type", "text")
            .With("value", value)
            .With("autocomplete", Birthday ? $"bday-{lower}" : null)
            .With("inputmode", "numeric");
        var label = Markup.Element("label", "govuk-label govuk-date-input__label", part).With("for", id);
        return Markup.Element("div", "govuk-date-input__item", Markup.Element("div", "govuk-form-group", label, input));
    }
}
