using MappaFlows.Web.Shell;
using MappaFlows.Workflows.Auditing;
using MappaFlows.Workflows.Inspecting;
using Microsoft.AspNetCore.Mvc;

namespace MappaFlows.Web.Pages.Inspect;

/// <summary>What was written down of the cases where nobody can change it, and whether the cases still agree with it.</summary>
public sealed class AnchorsModel(
    AnchorIndex anchors,
    AuditChecks checks,
    UnanchoredCases unanchored,
    Anchoring anchoring,
    AuditLog audit,
    TimeProvider time) : InspectPageModel(audit)
{
    public const int AnchorsPerPage = 25;

    /// <summary>The number before which the page begins; null for the newest.</summary>
    [BindProperty(SupportsGet = true, Name = "before")]
    public long? Before { get; set; }

    public IReadOnlyList<Anchor> Found { get; private set; } = [];

    /// <summary>How many cases wait for the next anchor.</summary>
    public int Waiting { get; private set; }

    /// <summary>When they will be anchored.</summary>
    public string Next { get; private set; } = "";

    public LastCheck? Check { get; private set; }

    /// <summary>What is not as it should be, in words: records that are gone or short, then what the last check found.</summary>
    public IReadOnlyList<string> Disagreements { get; private set; } = [];

    /// <summary>How many more there are, which are not told.</summary>
    public long More { get; private set; }

    public string? OlderPath { get; private set; }

    public string? NewerPath { get; private set; }

    public async Task<IActionResult> OnGetAsync()
    {
        if (!ModelState.IsValid) return NotFound();
        var aborted = HttpContext.RequestAborted;
        var found = await anchors.PageAsync(Before, AnchorsPerPage + 1, aborted);
        Found = [.. found.Take(AnchorsPerPage)];
        if (found.Count > AnchorsPerPage) OlderPath = Path(Found[^1].Number);
        if (Before is { } before && await anchors.NewestAsync(aborted) is { } newest && newest.Number >= before)
            NewerPath = before + AnchorsPerPage > newest.Number ? InspectPaths.Anchors : Path(before + AnchorsPerPage);

        Waiting = await unanchored.CountAsync(aborted);
        var next = await anchoring.NextAsync(aborted);
        Next = next <= time.GetUtcNow() ? "With the next sweep" : UkTime.DateAndTime(next);
        Check = await checks.LastAsync(aborted);
        await TellDisagreementsAsync(Check?.Progress, aborted);
        return Page();
    }

    private async Task TellDisagreementsAsync(CheckProgress? check, CancellationToken cancellationToken)
    {
        var records = await anchors.ShortRecordsAsync(cancellationToken);
        var told = check?.Told ?? [];
        Disagreements = [.. records.Take(CheckProgress.MostTold).Select(found => found.Words()), .. told.Select(found => found.Words())];
        More = records.Count + (check?.Disagreements ?? 0) - Disagreements.Count;
    }

    private static string Path(long before) => $"{InspectPaths.Anchors}?before={before}";
}
