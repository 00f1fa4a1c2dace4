using Microsoft.AspNetCore.Mvc;
using Microsoft.DurableTask.Client;

namespace MappaFlows.Web.Pages.Operations;

/// <summary>One orchestration: how it stands, what it waits for, what has happened to it, and what can be done.</summary>
public sealed class InstanceModel(EngineView engine, AdminLog audit, TimeProvider time) : OperationsPageModel(audit)
{
    public const int RowsPerPage = 50;

    /// <summary>The page of the history, from 1.</summary>
    [BindProperty(SupportsGet = true, Name = "pageNumber")]
    public int PageNumber { get; set; } = 1;

    public InstanceDetails Details { get; private set; } = null!;

    public OrchestrationMetadata Instance => Details.Metadata;

    public DateTimeOffset Now { get; private set; }

    /// <summary>Why it is out of service; null where it is not.</summary>
    public QuarantinedEntry? Quarantined { get; private set; }

    public IReadOnlyList<AdminAction> Acts => AdminActionRules.For(Instance.RuntimeStatus, engine.SeesInside);

    public bool SeesInside => engine.SeesInside;

    public int Pages => Math.Max(1, (Details.History.Count + RowsPerPage - 1) / RowsPerPage);

    public IEnumerable<HistoryEntry> Rows => Details.History.Skip((PageNumber - 1) * RowsPerPage).Take(RowsPerPage);

    public async Task<IActionResult> OnGetAsync(string id)
    {
        Now = time.GetUtcNow();
        if (await engine.FindAsync(id, HttpContext.RequestAborted) is not { } found) return NotFound();
        Details = found;
        if (!ModelState.IsValid || PageNumber < 1 || PageNumber > Pages) return NotFound();
        Quarantined = (
            await engine.QuarantinedAsync(HttpContext.RequestAborted)).FirstOrDefault(quarantined => quarantined.InstanceId == id);
        return Page();
    }

    /// <summary>What a row is about: its own name, or that of the step it answers.</summary>
    public string Subject(HistoryEntry entry) =>
        entry.Subject
            ?? Details.History.FirstOrDefault(asked =>
                asked.TaskId is not null && asked.TaskId == entry.TaskId && asked.Subject is not null)?.Subject
            ?? "–";
}
