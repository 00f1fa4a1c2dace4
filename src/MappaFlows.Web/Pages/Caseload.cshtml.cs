using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace MappaFlows.Web.Pages;

/// <summary>
/// The cases of an area, by due date. A manager who works for a lead agency alone sees the agency's own cases.
/// </summary>
public sealed class CaseloadModel(CaseloadIndex caseload, TimeProvider time) : PageModel
{
    public const int CasesPerPage = 25;

    /// <summary>How many pages back an address remembers, so that it stays short however long the list is.</summary>
    private const int MaxRemembered = 20;

    [BindProperty(SupportsGet = true)]
    [Display(Name = "The level")]
    public ManagementLevel? Level { get; set; }

    [BindProperty(SupportsGet = true)]
    [Display(Name = "The category")]
    public Category? Category { get; set; }

    [BindProperty(SupportsGet = true)]
    [Display(Name = "The stage")]
    public CaseStage? Stage { get; set; }

    /// <summary>Cases that have ended, in place of those that go on.</summary>
    [BindProperty(SupportsGet = true)]
    [Display(Name = "Ended cases")]
    public bool Ended { get; set; }

    /// <summary>Where the pages before this one began, and this one last; empty for the first page.</summary>
    [BindProperty(SupportsGet = true, Name = "after")]
    public List<string> After { get; set; } = [];

    public Person Me => HttpContext.Person();

    public DateTimeOffset Now { get; private set; }

    public CaseloadPage Found { get; private set; } = new([], null);

    /// <summary>The agency whose cases alone are listed; null for all of the area.</summary>
    public string? OnlyAgency => Permissions.CaseloadAgency(Me);

    public bool IsFiltered => Level is not null || Category is not null || Stage is not null;

    /// <summary>What the list holds, as the filter has it, over all of its pages.</summary>
    public CaseloadTally Tally { get; private set; } = new(0, 0, IsWhole: true);

    public string? NextPath => Found.Continuation is { } next ? Path([.. After.TakeLast(MaxRemembered - 1), next]) : null;

    public string? PreviousPath => After.Count > 0 ? Path([.. After.SkipLast(1)]) : null;

    public async Task<IActionResult> OnGetAsync()
    {
        if (!Permissions.MayListCaseload(Me)) return StatusCode(StatusCodes.Status403Forbidden);
        Now = time.GetUtcNow();
        if (!ModelState.IsValid)
        {
            // A list that quietly leaves a filter out would be taken for what was asked for.
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return Page();
        }

        var query = new CaseloadQuery(Me.AreaCode)
        {
            Ended = Ended || Stage?.IsEnded() == true,
            Level = Level,
            Category = Category,
            Stage = Stage,
            LeadAgencyId = OnlyAgency,
            Take = CasesPerPage,
            After = After.LastOrDefault(),
        };
        Found = await caseload.ListAsync(query, HttpContext.RequestAborted);
        Tally = await caseload.TallyAsync(query, Now, HttpContext.RequestAborted);
        return Page();
    }

    private string Path(IReadOnlyList<string> after)
    {
        var query = new QueryBuilder();
        if (Level is { } level) query.Add("level", level.ToString());
        if (Category is { } category) query.Add("category", category.ToString());
        if (Stage is { } stage) query.Add("stage", stage.ToString());
        if (Ended) query.Add("ended", "true");
        query.Add("after", after);
        return Routes.Caseload + query;
    }
}
