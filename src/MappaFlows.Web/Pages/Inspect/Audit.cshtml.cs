using MappaFlows.Workflows.Inspecting;
using Microsoft.AspNetCore.Mvc;

namespace MappaFlows.Web.Pages.Inspect;

/// <summary>What administrators did: who, when, what, to which, why, and what came of it.</summary>
public sealed class AuditModel(AuditLog audit) : InspectPageModel(audit)
{
    public const int EntriesPerPage = 25;

    /// <summary>The number before which the page begins; null for the newest.</summary>
    [BindProperty(SupportsGet = true, Name = "before")]
    public long? Before { get; set; }

    public AuditPage Found { get; private set; } = new([], null, null, null);

    public async Task<IActionResult> OnGetAsync()
    {
        if (!ModelState.IsValid) return NotFound();
        Found = await AuditLog.PageAsync(Before, EntriesPerPage, HttpContext.RequestAborted);
        return Page();
    }
}
