using Microsoft.AspNetCore.Html;

namespace MappaFlows.Web.TagHelpers;

/// <summary>A group of radio buttons or checkboxes while its choices are written, which share its name and number their ids.</summary>
internal sealed class Choices(string type, string component, string name, string id, IReadOnlyCollection<string> ticked)
{
    private int _count;

    public IHtmlContent Item(
        string value,
        string label,
        string? hint = null,
        bool isTicked = false,
        bool isDisabled = false,
        bool isExclusive = false,
        IHtmlContent? revealed = null)
    {
        // The first has the group's own id, which is where the error summary leads.
        var itemId = NextId();
        var isOn = ticked.Count > 0 ? ticked.Contains(value, StringComparer.Ordinal) : isTicked;
        var hintId = hint is null ? null : $"{itemId}-item-hint";
        var revealedId = revealed is null ? null : $"conditional-{itemId}";

        var input = Markup.Element("input", $"govuk-{component}__input").SelfClosing()
            .With("id", itemId)
            .With("name", name)
            .With("type", type)
            .With("value", value)
            .With("checked", isOn)
            .With("disabled", isDisabled)
            .With("data-behaviour", isExclusive ? "exclusive" : null)
            .With("aria-describedby", hintId)
            .With("data-aria-controls", revealedId);
        var item = Markup.Element(
            "div",
            $"govuk-{component}__item",
            input,
            Markup.Element("label", $"govuk-label govuk-{component}__label", label).With("for", itemId),
            hint is null ? null : Markup.Element("div", $"govuk-hint govuk-{component}__hint", hint).With("id", hintId));
        if (revealed is null)
            return item;

        var hidden = isOn ? null : $"govuk-{component}__conditional--hidden";
        return new HtmlContentBuilder()
            .AppendHtml(item)
            .AppendHtml(Markup.Element("div", Markup.Classes($"govuk-{component}__conditional", hidden), revealed).With("id", revealedId));
    }

    public IHtmlContent Divider(string text)
    {
        _count++;
        return Markup.Element("div", $"govuk-{component}__divider", text);
    }

    private string NextId() => ++_count == 1 ? id : $"{id}-{_count}";
}
