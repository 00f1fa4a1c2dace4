using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace MappaFlows.Local.Pages.Dev;

/// <summary>Every email that was sent, in pages.</summary>
[AllowAnonymous]
[DevelopmentOnly]
public sealed class MailboxModel(LocalMailbox mailbox, EmailQueue queue) : PageModel
{
    private const int PageSize = 25;

    /// <summary>Where the page begins; null for the newest.</summary>
    [BindProperty(SupportsGet = true)]
    public string? After { get; set; }

    public IReadOnlyList<DeliveredEmail> Emails { get; private set; } = [];

    /// <summary>Emails that wait, such as for working hours; only on the first page.</summary>
    public IReadOnlyList<QueuedEmail> Waiting { get; private set; } = [];

    /// <summary>Where the next page begins; null on the last.</summary>
    public string? Older { get; private set; }

    public async Task<IActionResult> OnGetAsync()
    {
        if (After is not null && !LocalMailbox.IsContinuation(After)) return NotFound();
        var page = await mailbox.ListAsync(PageSize, After, HttpContext.RequestAborted);
        (Emails, Older) = (page.Emails, page.Continuation);
        if (After is null) Waiting = await queue.PageAsync(PageSize, cancellationToken: HttpContext.RequestAborted);
        return Page();
    }
}
