using Microsoft.AspNetCore.Mvc;

namespace MappaFlows.Web.Pages.Operations;

/// <summary>The checkpoints of the cases, and whether the cases still match them.</summary>
public sealed class CheckpointsModel(
    CheckpointIndex checkpoints,
    Verifications checks,
    ChangedCases changed,
    CheckpointWriter writer,
    BrokenRecords broken,
    AdminLog audit,
    TimeProvider time) : OperationsPageModel(audit)
{
    public const int CheckpointsPerPage = 25;

    private const int MaxRecords = 1_000;

    /// <summary>The number before which the page begins; null for the newest.</summary>
    [BindProperty(SupportsGet = true, Name = "before")]
    public long? Before { get; set; }

    public IReadOnlyList<Checkpoint> Found { get; private set; } = [];

    /// <summary>How many cases wait for the next checkpoint.</summary>
    public int Waiting { get; private set; }

    /// <summary>When the next checkpoint is written.</summary>
    public string Next { get; private set; } = "";

    public LastVerification? Check { get; private set; }

    /// <summary>What is not as it should be, in words: records that are gone or short, then what the last check found.</summary>
    public IReadOnlyList<string> Discrepancies { get; private set; } = [];

    /// <summary>How many more there are that are not shown.</summary>
    public long More { get; private set; }

    public string? OlderPath { get; private set; }

    public string? NewerPath { get; private set; }

    public async Task<IActionResult> OnGetAsync()
    {
        if (!ModelState.IsValid) return NotFound();
        var aborted = HttpContext.RequestAborted;
        var found = await checkpoints.PageAsync(Before, CheckpointsPerPage + 1, aborted);
        Found = [.. found.Take(CheckpointsPerPage)];
        if (found.Count > CheckpointsPerPage) OlderPath = Path(Found[^1].Number);
        if (Before is { } before && await checkpoints.NewestAsync(aborted) is { } newest && newest.Number >= before)
            NewerPath = before + CheckpointsPerPage > newest.Number ? Routes.Checkpoints : Path(before + CheckpointsPerPage);

        Waiting = await changed.CountAsync(aborted);
        var next = await writer.NextAsync(aborted);
        Next = next <= time.GetUtcNow() ? "With the next sweep" : UkTime.DateAndTime(next);
        Check = await checks.LastAsync(aborted);
        await TellDisagreementsAsync(Check?.Progress, aborted);
        return Page();
    }

    private async Task TellDisagreementsAsync(VerificationProgress? check, CancellationToken cancellationToken)
    {
        var records = await checkpoints.TruncatedStreamsAsync(cancellationToken);
        var changedRecords = await broken.ListAsync(MaxRecords, cancellationToken);
        var sample = check?.Sample ?? [];
        Discrepancies =
        [
            .. changedRecords.Take(VerificationProgress.MaxSample).Select(found => found.Label()),
            .. records.Take(VerificationProgress.MaxSample).Select(found => found.Label()),
            .. sample.Select(found => found.Label()),
        ];
        More = changedRecords.Count + records.Count + (check?.Discrepancies ?? 0) - Discrepancies.Count;
    }

    private static string Path(long before) => $"{Routes.Checkpoints}?before={before}";
}
