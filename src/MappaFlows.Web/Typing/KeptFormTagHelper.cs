using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;
using Microsoft.Extensions.DependencyInjection;

namespace MappaFlows.Web.Typing;

/// <summary>
/// Every form that a page sends to itself: it carries whose it is, says what it was filled in with, and is kept while someone types.
/// A page does nothing for it.
/// </summary>
[HtmlTargetElement("form", Attributes = "method")]
public sealed class KeptFormTagHelper : TagHelper
{
    /// <summary>The form that empties this one; a button anywhere on the page can name it.</summary>
    public const string EmptyingId = "empty-form";

    private int _fieldsBefore;

    /// <summary>The view that is being written.</summary>
    [ViewContext]
    [HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    /// <inheritdoc />
    /// <remarks>The framework's own helper of a form draws what is in it before this one is asked.</remarks>
    public override void Init(TagHelperContext context) => _fieldsBefore = FormFields.Of(ViewContext.HttpContext).All.Count;

    /// <inheritdoc />
    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var http = ViewContext.HttpContext;
        var isPost = context.AllAttributes["method"].Value?.ToString()?.Equals("post", StringComparison.OrdinalIgnoreCase) == true;
        if (!isPost
            || context.AllAttributes.ContainsName("action")
            || http.FindPerson() is not { } person
            || http.RequestServices.GetService<FormTickets>() is not { } tickets)
        {
            return;
        }

        await output.GetChildContentAsync();
        var hasFields = FormFields.Of(http).All.Count > _fieldsBefore;
        var restored = RestoredForm.Of(http);
        var posted = PostedForm.Of(http);
        var sheet = posted?.Ticket ?? FormTicket.For(person.Id, http.Request, restored?.Newest.Sheet);
        var ticket = tickets.Write(sheet);
        NotRecordedTagHelper.FormIsShown(http);

        output.PostContent.AppendHtml(Hidden(FormNames.Ticket, ticket));
        if (!hasFields) return;

        output.Attributes.SetAttribute("data-keep", "");
        output.PostContent.AppendHtml(Markup.Element("p", "govuk-hint app-kept", Line(restored)).With("data-kept", true));
        if (restored is null && posted is null) return;
        if (restored is not null) output.PreElement.AppendHtml(Message(restored));
        output.PostElement.AppendHtml(Emptying(ticket));
    }

    /// <summary>The form that removes what was kept, and its page.</summary>
    internal static IHtmlContent Emptying(string ticket) => Markup.Element(
            "form",
            null,
            Hidden(FormNames.Ticket, ticket),
            Hidden(FormNames.Empty, "1"))
        .With("id", EmptyingId)
        .With("method", "post")
        .With("hidden", true);

    internal static TagBuilder EmptyingButton(string text) => Markup.Element("button", "govuk-button govuk-button--secondary", text)
        .With("type", "submit")
        .With("form", EmptyingId)
        .With("data-module", "govuk-button");

    private static TagBuilder Hidden(string name, string value) =>
        Markup.Element("input", null).SelfClosing().With("type", "hidden").With("name", name).With("value", value);

    private string? Line(RestoredForm? restored) => restored is null ? null : Keeper.KeptAt(restored.Newest.At);

    private FormKeeper Keeper => ViewContext.HttpContext.RequestServices.GetRequiredService<FormKeeper>();

    private IHtmlContent Message(RestoredForm restored)
    {
        var http = ViewContext.HttpContext;
        var now = http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();
        var message = Markup.Element(
                "div",
                "govuk-inset-text",
                Markup.Element("p", "govuk-body", $"This is what you typed {KeptTime.InWords(restored.Newest.At, now)}. It was not recorded."))
            .With("id", "typed-before");
        foreach (var other in restored.Kept.Skip(1))
        {
            message.InnerHtml.AppendHtml(Markup.Element(
                "details",
                "govuk-details",
                Markup.Element(
                    "summary",
                    "govuk-details__summary",
                    Markup.Element(
                        "span",
                        "govuk-details__summary-text",
                        $"You had this form open twice. See what you typed {KeptTime.InWords(other.At, now)}")),
                Markup.Element("div", "govuk-details__text", NotRecordedTagHelper.List(http, other.Fields))));
        }

        message.InnerHtml.AppendHtml(EmptyingButton("Start with an empty form"));
        return message;
    }
}
