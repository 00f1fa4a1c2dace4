using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace MappaFlows.Web.Pages.Operations;

/// <summary>A page for those who look after the engine; everyone else gets 403 before any handler runs.</summary>
public abstract class OperationsPageModel(AdminLog audit) : PageModel
{
    /// <summary>The log entry of the action that led here.</summary>
    [BindProperty(SupportsGet = true, Name = "entry")]
    public long? EntryNumber { get; set; }

    /// <summary>What the person has just done, for a banner; null where they came another way.</summary>
    public AdminLogEntry? JustDone { get; private set; }

    public Person Me => HttpContext.Person();

    protected AdminLog AdminLog => audit;

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        if (!Permissions.MayOperate(Me))
        {
            context.Result = StatusCode(StatusCodes.Status403Forbidden);
            return;
        }

        if (EntryNumber is { } number && await audit.FindAsync(number, HttpContext.RequestAborted) is { } entry && entry.PersonId == Me.Id)
            JustDone = entry;
        await base.OnPageHandlerExecutionAsync(context, next);
    }
}
