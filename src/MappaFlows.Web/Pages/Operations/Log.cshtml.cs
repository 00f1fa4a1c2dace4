using Microsoft.AspNetCore.Mvc;

namespace MappaFlows.Web.Pages.Operations;

/// <summary>What administrators did: who, when, what, to which, why, and what came of it.</summary>
public sealed class LogModel(AdminLog audit) : OperationsPageModel(audit)
{
    public const int EntriesPerPage = 25;

    /// <summary>The number before which the page begins; null for the newest.</summary>
    [BindProperty(SupportsGet = true, Name = "before")]
    public long? Before { get; set; }

    public AdminLogPage Found { get; private set; } = new([], null, null, null);

    public async Task<IActionResult> OnGetAsync()
    {
        if (!ModelState.IsValid) return NotFound();
        Found = await AdminLog.PageAsync(Before, EntriesPerPage, HttpContext.RequestAborted);
        return Page();
    }
}
