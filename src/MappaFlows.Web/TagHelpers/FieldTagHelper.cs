using System.Collections;
using System.Globalization;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace MappaFlows.Web.TagHelpers;

/// <summary>
/// What every form field has: a name and value (from <c>asp-for</c>, or given), a label or legend, a hint, and its error from the model
/// state. What was typed comes back as it was typed.
/// </summary>
public abstract class FieldTagHelper : TagHelper
{
    private string? _name;
    private string? _id;

    /// <summary>The property that the field is for.</summary>
    [HtmlAttributeName("asp-for")]
    public ModelExpression? For { get; set; }

    /// <summary>The name of the field, where there is no <see cref="For"/>.</summary>
    public string Name
    {
        get => _name ?? (For is null
            ? throw new InvalidOperationException($"{GetType().Name} needs asp-for or name.")
            : ViewContext.ViewData.TemplateInfo.GetFullHtmlFieldName(For.Name));
        set => _name = value;
    }

    /// <summary>The id of the control; by default made from the name.</summary>
    public string Id
    {
        get => _id ?? ControlId(Name);
        set => _id = value;
    }

    /// <summary>The value shown where nothing was posted; by default that of the property.</summary>
    public string? Value { get; set; }

    /// <summary>The label, or the legend of a group. By default the property's display name.</summary>
    public string? Label { get; set => field = Markup.Given(value); }

    /// <summary>How large the label or legend is: s, m, l or xl.</summary>
    public string? LabelSize { get; set => field = Markup.Given(value); }

    /// <summary>Whether the label or legend is the page's heading.</summary>
    public bool PageHeading { get; set; }

    /// <summary>Help that stands between label and control.</summary>
    public string? Hint { get; set => field = Markup.Given(value); }

    /// <summary>The error to show; by default the first one of the model state for this field.</summary>
    public string? Error { get; set => field = Markup.Given(value); }

    /// <summary>The view that is being written.</summary>
    [ViewContext]
    [HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    /// <summary>The error in force, or null.</summary>
    protected string? Fault => Error ?? FirstError(Name);

    /// <summary>The words of the label or legend.</summary>
    protected string LabelText => Label ?? For?.Metadata.GetDisplayName() ?? Name;

    /// <summary>What the control shows: what was posted, else the given value, else the property's.</summary>
    protected string? Shown => Attempted(Name).FirstOrDefault() ?? Value ?? Plain(For?.Model);

    /// <summary>The same for a field of several values.</summary>
    protected IReadOnlyCollection<string> AllShown =>
        ViewContext.ModelState.TryGetValue(Name, out var entry) && entry.RawValue is not null ? Attempted(Name)
        : Value is not null ? [Value]
        : For?.Model is IEnumerable many and not string ? [.. many.Cast<object?>().Select(Plain).OfType<string>()]
        : Plain(For?.Model) is { } one ? [one]
        : [];

    /// <summary>The id of a control by the name of its field.</summary>
    protected static string ControlId(string name) => TagBuilder.CreateSanitizedId(name, "_");

    /// <summary>Adds the field to the error summary. <paramref name="controlId"/> is what its link focuses.</summary>
    protected void Register(string controlId) => FormFields.Of(ViewContext.HttpContext).Add(Name, controlId);

    /// <summary>What was posted under a name.</summary>
    protected IReadOnlyList<string> Attempted(string name) =>
        !ViewContext.ModelState.TryGetValue(name, out var entry) ? []
        : entry.RawValue switch
        {
            string text => [text],
            IEnumerable<string> many => [.. many],
            _ => entry.AttemptedValue is { } text ? [text] : [],
        };

    /// <summary>The group around the field, marked when it has an error.</summary>
    protected void WriteGroup(TagHelperOutput output, string? classes, params IHtmlContent?[] parts)
    {
        output.Becomes("div", "govuk-form-group", Fault is null ? null : "govuk-form-group--error", classes);
        foreach (var part in parts)
        {
            if (part is not null)
                output.Content.AppendHtml(part);
        }
    }

    /// <summary>The label of a single control.</summary>
    protected IHtmlContent LabelFor(string controlId)
    {
        var label = Markup.Element("label", Markup.Classes("govuk-label", Size("govuk-label")), LabelText).With("for", controlId);
        return PageHeading ? Markup.Element("h1", "govuk-label-wrapper", label) : label;
    }

    /// <summary>A group of controls, with its legend, hint and error before them.</summary>
    protected TagBuilder Fieldset(string? role, params IHtmlContent[] controls)
    {
        var legend = PageHeading ? (object)Markup.Element("h1", "govuk-fieldset__heading", LabelText) : LabelText;
        return Markup.Element(
                "fieldset",
                "govuk-fieldset",
                [Markup.Element("legend", Markup.Classes("govuk-fieldset__legend", Size("govuk-fieldset__legend")), legend), HintPart(), ErrorPart(), .. controls])
            .With("role", role)
            .With("aria-describedby", DescribedBy());
    }

    /// <summary>The hint, or null.</summary>
    protected TagBuilder? HintPart() => string.IsNullOrEmpty(Hint) ? null : Markup.Element("div", "govuk-hint", Hint).With("id", $"{Id}-hint");

    /// <summary>The error message, or null.</summary>
    protected TagBuilder? ErrorPart() =>
        Fault is { } fault
            ? Markup.Element("p", "govuk-error-message", Markup.Hidden("Error:"), $" {fault}").With("id", $"{Id}-error")
            : null;

    /// <summary>The ids of what describes the control, or null.</summary>
    protected string? DescribedBy(string? first = null)
    {
        var ids = Markup.Classes(first, string.IsNullOrEmpty(Hint) ? null : $"{Id}-hint", Fault is null ? null : $"{Id}-error");
        return ids.Length == 0 ? null : ids;
    }

    /// <summary>A value as a form carries it: invariant, dates as yyyy-MM-dd, true and false in lower case.</summary>
    protected static string? Plain(object? value) => value switch
    {
        null => null,
        string text => text,
        bool flag => flag ? "true" : "false",
        DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture),
    };

    /// <summary>Attributes on the tag that are none of ours go to the control, not to the group around it.</summary>
    protected static void MoveAttributes(TagHelperOutput output, TagBuilder control)
    {
        foreach (var attribute in output.Attributes.Where(attribute => attribute.Name != "class").ToList())
        {
            control.Attributes[attribute.Name] = attribute.Value?.ToString() ?? "";
            output.Attributes.Remove(attribute);
        }
    }

    /// <summary>The first error of the model state for a field, or null.</summary>
    protected string? FirstError(string name) =>
        ViewContext.ModelState.TryGetValue(name, out var entry) && entry.Errors is [var first, ..] ? Message(first) : null;

    internal static string Message(ModelError error) => error.ErrorMessage.Length > 0 ? error.ErrorMessage : "Enter a valid answer";

    private string? Size(string element) => LabelSize is null ? null : $"{element}--{LabelSize}";
}
