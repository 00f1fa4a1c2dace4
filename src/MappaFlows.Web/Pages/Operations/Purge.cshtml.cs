using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace MappaFlows.Web.Pages.Operations;

/// <summary>Which day orchestrations must have ended before to be removed; the next page asks whether it is meant.</summary>
public sealed class PurgeModel(AdminActions actions, AdminLog audit, TimeProvider time) : OperationsPageModel(audit)
{
    private const int UsuallyKeptDays = 90;

    [BindProperty(SupportsGet = true, Name = "before")]
    [Display(Name = "The day")]
    public DateInput? Before { get; set; }

    public async Task<IActionResult> OnGetAsync()
    {
        if (!Request.Query.ContainsKey("before.Day"))
        {
            Before = DateInput.From(LondonTime.Today(time.GetUtcNow()).AddDays(-UsuallyKeptDays));
            return Page();
        }

        if (Before is null) ModelState.AddModelError("before", "Enter the day");
        if (ModelState.IsValid && Before?.Value is { } day)
        {
            var target = day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            if (await actions.FindObstacleAsync(AdminAction.PurgeOld, target, HttpContext.RequestAborted) is not { } obstacle)
                return new SeeOther(Routes.AdminAction(nameof(AdminAction.PurgeOld), target));
            ModelState.AddModelError("before", obstacle.Problems[0].Message);
        }

        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Page();
    }
}
