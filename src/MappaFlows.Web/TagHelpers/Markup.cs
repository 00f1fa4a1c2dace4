using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace MappaFlows.Web.TagHelpers;

/// <summary>Short ways to write markup. Text is always encoded; only <see cref="IHtmlContent"/> is taken as it is.</summary>
internal static class Markup
{
    public static TagBuilder Element(string name, string? classes, params object?[] children)
    {
        var element = new TagBuilder(name);
        if (!string.IsNullOrEmpty(classes))
            element.Attributes["class"] = classes;
        foreach (var child in children)
        {
            if (child is IHtmlContent html)
                element.InnerHtml.AppendHtml(html);
            else if (child is not null)
                element.InnerHtml.Append(child.ToString()!);
        }

        return element;
    }

    /// <summary>Sets an attribute, unless its value is null.</summary>
    public static TagBuilder With(this TagBuilder element, string attribute, string? value)
    {
        if (value is not null)
            element.Attributes[attribute] = value;
        return element;
    }

    /// <summary>An attribute that says all by being there.</summary>
    public static TagBuilder With(this TagBuilder element, string attribute, bool isSet) =>
        isSet ? element.With(attribute, "") : element;

    public static TagBuilder SelfClosing(this TagBuilder element)
    {
        element.TagRenderMode = TagRenderMode.SelfClosing;
        return element;
    }

    /// <summary>Joins class names, leaving out those that are null.</summary>
    public static string Classes(params string?[] classes) => string.Join(' ', classes.Where(name => !string.IsNullOrEmpty(name)));

    public static TagBuilder Hidden(string text) => Element("span", "govuk-visually-hidden", text);

    /// <summary>Makes the tag that Razor writes into <paramref name="name"/> with our classes before those that the page gave.</summary>
    public static void Becomes(this TagHelperOutput output, string name, params string?[] classes)
    {
        output.TagName = name;
        output.TagMode = TagMode.StartTagAndEndTag;
        var given = output.Attributes["class"]?.Value;
        var own = Classes(classes);
        output.Attributes.SetAttribute("class", given is null ? own : $"{own} {Text(given)}");
    }

    /// <summary>
    /// The attribute as the page gave it: Razor hands over a null that a page writes into a text attribute as an empty text.
    /// </summary>
    public static string? Given(string? attribute) => string.IsNullOrEmpty(attribute) ? null : attribute;

    public static bool IsBlank(this TagHelperContent content) => content.IsEmptyOrWhiteSpace;

    private static string Text(object value)
    {
        if (value is not IHtmlContent html)
            return value.ToString() ?? "";
        using var writer = new StringWriter();
        html.WriteTo(writer, HtmlEncoder.Default);
        return writer.ToString();
    }
}
