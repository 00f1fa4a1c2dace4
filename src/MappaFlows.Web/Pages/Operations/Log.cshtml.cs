using Microsoft.AspNetCore.Mvc;

namespace MappaFlows.Web.Pages.Operations;

/// <summary>What administrators did: who, when, what, to which, why, and what came of it.</summary>
public sealed class LogModel(AdminLog audit) : OperationsPageModel(audit)
{
    public const int EntriesPerPage = 25;

    /// <summary>The number before which the page begins; null for the newest.</summary>
    [BindProperty(SupportsGet = true, Name = "before")]
    public long? Before { get; set; }

    /// <summary>Whether the whole log is compared with its hashes.</summary>
    [BindProperty(SupportsGet = true, Name = "checkLog")]
    public bool CheckLog { get; set; }

    /// <summary>
    /// The first entry of the whole log that is not as it was recorded; null where all is whole. Meaningful only with
    /// <see cref="CheckLog"/>.
    /// </summary>
    public long? BrokenAt { get; private set; }

    public AdminLogPage Found { get; private set; } = new([], null, null, null);

    public async Task<IActionResult> OnGetAsync()
    {
        if (!ModelState.IsValid) return NotFound();
        Found = await AdminLog.PageAsync(Before, EntriesPerPage, HttpContext.RequestAborted);
        if (CheckLog) BrokenAt = await AdminLog.VerifyAsync(HttpContext.RequestAborted);
        return Page();
    }
}
