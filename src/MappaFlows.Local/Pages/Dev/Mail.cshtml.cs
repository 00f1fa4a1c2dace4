using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace MappaFlows.Local.Pages.Dev;

/// <summary>One email, with links that can be followed.</summary>
[AllowAnonymous]
[DevelopmentOnly]
public sealed class MailModel(LocalMailbox mailbox) : PageModel
{
    public DeliveredEmail Mail { get; private set; } = null!;

    /// <summary>The text: paragraphs of lines, each either words or a link.</summary>
    public IEnumerable<IEnumerable<(string Line, bool IsLink)>> Paragraphs => Mail.Email.Text
        .ReplaceLineEndings("\n")
        .Split("\n\n", StringSplitOptions.RemoveEmptyEntries)
        .Select(paragraph => paragraph.Split('\n').Select(line => (line, Mail.Email.Links.Contains(line))));

    public async Task<IActionResult> OnGetAsync(string id)
    {
        if (!Guid.TryParseExact(id, "N", out var operation)
            || await mailbox.FindAsync(operation, HttpContext.RequestAborted) is not { } mail)
        {
            return NotFound();
        }

        Mail = mail;
        return Page();
    }
}
