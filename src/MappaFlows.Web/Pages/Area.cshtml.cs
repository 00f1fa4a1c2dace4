using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace MappaFlows.Web.Pages;

/// <summary>An area in numbers, for those too who have no part in individual cases, such as lay advisers.</summary>
public sealed class AreaModel(CaseloadIndex caseload) : PageModel
{
    private IReadOnlyList<CaseloadCount> _counts = [];

    public Person Me => HttpContext.Person();

    public SuppressedCount Counts => new(Permissions.MayListCaseload(Me));

    public async Task<IActionResult> OnGetAsync()
    {
        if (!Permissions.MaySeeAggregates(Me)) return StatusCode(StatusCodes.Status403Forbidden);
        _counts = await caseload.CountAsync(Me.AreaCode, HttpContext.RequestAborted);
        return Page();
    }

    /// <summary>How many people are managed; null stands for every category, or every level.</summary>
    public string Managed(Category? category, ManagementLevel? level) => Show(count =>
        count.Stage == CaseStage.Managed
        && (category is null || count.Category == category)
        && (level is null || count.Level == level));

    /// <summary>How many cases stand at a stage.</summary>
    public string At(CaseStage stage) => Show(count => count.Stage == stage);

    private string Show(Func<CaseloadCount, bool> counts) => Counts.Show(_counts.Where(counts).Sum(count => count.Cases));
}
