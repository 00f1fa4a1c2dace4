using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;
using Microsoft.Extensions.DependencyInjection;

namespace MappaFlows.Web.Typing;

/// <summary>
/// What was typed, where the page has no form for it any more, for example because someone else was first. The layout has it below every
/// page, the pages of errors included.
/// </summary>
[HtmlTargetElement("not-recorded", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class NotRecordedTagHelper : TagHelper
{
    /// <summary>The view that is being written.</summary>
    [ViewContext]
    [HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    /// <inheritdoc />
    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var http = ViewContext.HttpContext;
        var posted = PostedForm.Of(http) is { IsOwn: true, IsRecorded: false, HasText: true } own ? own : null;
        var restored = posted is null ? RestoredForm.Of(http) : null;
        if (http.Items.ContainsKey(typeof(NotRecordedTagHelper)) || (posted is null && restored is null))
        {
            output.SuppressOutput();
            return;
        }

        output.Becomes("section", "app-not-recorded");
        output.Attributes.SetAttribute("id", "not-recorded");
        output.Content.AppendHtml(Markup.Element("h2", "govuk-heading-m", "What you wrote, which was not recorded"));
        if (posted is not null)
        {
            var isKept = await http.RequestServices.GetRequiredService<FormKeeper>().TryKeepAsync(posted);
            output.Content.AppendHtml(Markup.Element("p", "govuk-body", isKept
                ? "It is kept for you. Where the form can be opened again, it is filled in with this."
                : "It could not be kept. Copy it before you leave this page."));
            output.Content.AppendHtml(List(posted.Page.HandlerTypeInfo, posted.Fields));
            return;
        }

        var now = http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();
        foreach (var kept in restored!.Kept)
        {
            output.Content.AppendHtml(Markup.Element("p", "govuk-body", $"You typed this {KeptTime.InWords(kept.At, now)}."));
            output.Content.AppendHtml(List(http, kept.Fields));
        }

        var tickets = http.RequestServices.GetRequiredService<FormTickets>();
        output.Content.AppendHtml(KeptFormTagHelper.EmptyingButton("Remove what you wrote"));
        output.Content.AppendHtml(KeptFormTagHelper.Emptying(tickets.Write(FormTicket.For(http.FindPerson()!.Id, http.Request))));
    }

    /// <summary>Says that the page has its form: what was typed stands in it.</summary>
    internal static void FormIsShown(HttpContext context) => context.Items[typeof(NotRecordedTagHelper)] = true;

    /// <summary>Answers beside what they answer.</summary>
    internal static IHtmlContent List(HttpContext http, IReadOnlyList<TypedField> fields) =>
        List(http.GetEndpoint()!.Metadata.GetMetadata<CompiledPageActionDescriptor>()!.HandlerTypeInfo, fields);

    private static TagBuilder List(Type page, IReadOnlyList<TypedField> fields) => Markup.Element(
        "dl",
        "govuk-summary-list",
        [
            .. new TypedFields(page).Describe(fields).Select(answer => Markup.Element(
                "div",
                "govuk-summary-list__row",
                Markup.Element("dt", "govuk-summary-list__key", answer.Name),
                Markup.Element("dd", "govuk-summary-list__value", PlainText.Html(answer.Value)))),
        ]);
}
