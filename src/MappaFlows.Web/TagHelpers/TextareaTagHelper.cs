using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace MappaFlows.Web.TagHelpers;

/// <summary>Several lines of text: <c>&lt;govuk-textarea asp-for="Reasons" max-length="4000" /&gt;</c>.</summary>
[HtmlTargetElement("govuk-textarea", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class TextareaTagHelper : FieldTagHelper
{
    /// <summary>How many lines are shown.</summary>
    public int Rows { get; set; } = 5;

    /// <summary>
    /// Characters that the answer may have, counted on the page as they are typed; null for no count. The count stops no one from typing
    /// on: the page's handler refuses what is too long.
    /// </summary>
    public int? MaxLength { get; set; }

    /// <summary>What the browser may fill in.</summary>
    public string? Autocomplete { get; set => field = Markup.Given(value); }

    /// <summary>Whether the browser checks the spelling; null leaves it to the browser.</summary>
    public bool? Spellcheck { get; set; }

    /// <inheritdoc />
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        Register(Id);
        var counts = MaxLength is not null;
        var control = Markup.Element(
                "textarea",
                Markup.Classes("govuk-textarea", Fault is null ? null : "govuk-textarea--error", counts ? "govuk-js-character-count" : null))
            .With("id", Id)
            .With("name", Name)
            .With("rows", Plain(Rows))
            .With("spellcheck", Spellcheck is { } spellcheck ? Plain(spellcheck) : null)
            .With("autocomplete", Autocomplete)
            .With("aria-describedby", DescribedBy(counts ? $"{Id}-info" : null));
        // A browser drops the first line break of a textarea, so one more keeps a text that starts with its own.
        if (Shown is { } shown)
            control.InnerHtml.Append(shown is ['\n' or '\r', ..] ? "\n" + shown : shown);
        MoveAttributes(output, control);

        IHtmlContent? message = null;
        if (counts)
        {
            output.Attributes.SetAttribute("data-module", "govuk-character-count");
            output.Attributes.SetAttribute("data-maxlength", Plain(MaxLength));
            // As people count, and as the handler does: an emoji is one.
            output.Attributes.SetAttribute("data-count-type", "characters");
            message = Markup.Element("div", "govuk-hint govuk-character-count__message", $"You can enter up to {MaxLength} characters").With("id", $"{Id}-info");
        }

        WriteGroup(output, counts ? "govuk-character-count" : null, LabelFor(Id), HintPart(), ErrorPart(), control, message);
    }
}
