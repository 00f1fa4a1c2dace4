using Microsoft.AspNetCore.Mvc;
using Microsoft.DurableTask.Client;

namespace MappaFlows.Web.Pages.Operations;

/// <summary>What the engine gave up on after its bounded tries: it holds up nothing else, and waits for a person.</summary>
public sealed class QuarantinedModel(EngineView engine, AdminLog audit, TimeProvider time) : OperationsPageModel(audit)
{
    public const int EntriesPerPage = 25;

    /// <summary>From 1.</summary>
    [BindProperty(SupportsGet = true, Name = "pageNumber")]
    public int PageNumber { get; set; } = 1;

    public DateTimeOffset Now { get; private set; }

    public IReadOnlyList<QuarantinedEntry> All { get; private set; } = [];

    public IEnumerable<QuarantinedEntry> Shown => All.Skip((PageNumber - 1) * EntriesPerPage).Take(EntriesPerPage);

    public int Pages => Math.Max(1, (All.Count + EntriesPerPage - 1) / EntriesPerPage);

    public bool SeesInside => engine.SeesInside;

    public async Task<IActionResult> OnGetAsync()
    {
        Now = time.GetUtcNow();
        All = await engine.QuarantinedAsync(HttpContext.RequestAborted);
        return !ModelState.IsValid || PageNumber < 1 || PageNumber > Pages ? NotFound() : Page();
    }
}
