using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.Html;

namespace MappaFlows.Web.Labels;

/// <summary>
/// Free text as it was typed: encoded, with its line breaks kept. It stands by itself: it can neither turn round the line around it nor
/// push it out of view.
/// </summary>
public static class PlainText
{
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    /// <summary>The text for a page; what was left blank says so.</summary>
    /// <param name="text">What was typed.</param>
    /// <param name="blank">What stands where nothing was.</param>
    public static IHtmlContent Html(string? text, string blank = "Not given")
    {
        var lines = (TextPolicy.IsBlank(text) ? blank : text!.Trim()).ReplaceLineEndings("\n").Split('\n');
        return new HtmlString($"<bdi>{string.Join("<br>", lines.Select(Encoder.Encode))}</bdi>");
    }

    public static string YesNo(bool? answer) => answer switch
    {
        true => "Yes",
        false => "No",
        null => "Not given",
    };
}
