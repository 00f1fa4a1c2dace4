using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace MappaFlows.Web.TagHelpers;

/// <summary>One line of text: <c>&lt;govuk-input asp-for="Surname" width="20" /&gt;</c>.</summary>
[HtmlTargetElement("govuk-input", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class InputTagHelper : FieldTagHelper
{
    /// <summary>The input's type. Numbers are text with a <see cref="InputMode"/> of numeric.</summary>
    public string Type { get; set; } = "text";

    /// <summary>Characters that fit: 2, 3, 4, 5, 10, 20 or 30; or a fraction of the line, for example "two-thirds".</summary>
    public string? Width { get; set => field = Markup.Given(value); }

    /// <summary>What the browser may fill in, for example "email".</summary>
    public string? Autocomplete { get; set => field = Markup.Given(value); }

    /// <summary>Which keyboard a phone shows, for example "numeric".</summary>
    [HtmlAttributeName("inputmode")]
    public string? InputMode { get; set => field = Markup.Given(value); }

    /// <summary>Whether the browser checks the spelling; null leaves it to the browser.</summary>
    public bool? Spellcheck { get; set; }

    /// <summary>A unit before the field, for example "£".</summary>
    public string? Prefix { get; set => field = Markup.Given(value); }

    /// <summary>A unit after the field, for example "days".</summary>
    public string? Suffix { get; set => field = Markup.Given(value); }

    /// <inheritdoc />
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        Register(Id);
        var input = Markup.Element("input", Markup.Classes("govuk-input", WidthClass(), Fault is null ? null : "govuk-input--error"))
            .SelfClosing()
            .With("id", Id)
            .With("name", Name)
            .With("type", Type)
            .With("spellcheck", Spellcheck is { } spellcheck ? Plain(spellcheck) : null)
            .With("value", Shown)
            .With("aria-describedby", DescribedBy())
            .With("autocomplete", Autocomplete)
            .With("inputmode", InputMode);
        MoveAttributes(output, input);

        IHtmlContent control = input;
        if (Prefix is not null || Suffix is not null)
            control = Markup.Element("div", "govuk-input__wrapper", Affix("prefix", Prefix), input, Affix("suffix", Suffix));
        WriteGroup(output, null, LabelFor(Id), HintPart(), ErrorPart(), control);
    }

    private static IHtmlContent? Affix(string kind, string? text) =>
        text is null ? null : Markup.Element("div", $"govuk-input__{kind}", text).With("aria-hidden", "true");

    private string? WidthClass() =>
        Width is null ? null
        : char.IsAsciiDigit(Width[0]) ? $"govuk-input--width-{Width}"
        : $"govuk-!-width-{Width}";
}
