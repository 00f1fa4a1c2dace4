using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.Filters;

namespace MappaFlows.Web.Pages.Cases;

/// <summary>A page on which one command is given. A person without the right to it gets 403 before anything is typed.</summary>
public abstract class CaseCommandPage(CaseCommands commands) : CasePageModel(commands)
{
    /// <summary>A command of the page's kind, by which the right to the page is judged.</summary>
    protected abstract CaseCommand Kind { get; }

    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        if (!View.May(Kind)) context.Result = StatusCode(StatusCodes.Status403Forbidden);
    }
}
