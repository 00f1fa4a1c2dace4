using Microsoft.AspNetCore.Mvc.Filters;

namespace MappaFlows.Web.Pages.Cases.Disclosures;

/// <summary>A page about one disclosure, at a route with <c>{number}</c>; an unknown number gives 404.</summary>
public abstract class DisclosurePage(CaseCommands commands, IPeopleDirectory people) : CaseCommandPage(commands)
{
    public Disclosure Disclosure => Case.Disclosures.First(disclosure => disclosure.Number == Number);

    public int Number => int.Parse((string)RouteData.Values["number"]!, System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Whether there is no such disclosure, or none that this person may read.</summary>
    protected bool IsHidden => Case.Disclosures.All(disclosure => disclosure.Number != Number);

    public AreaDirectory People { get; private set; } = AreaDirectory.None;

    /// <summary>The page of this disclosure.</summary>
    public string DisclosurePath => Routes.Disclosure(Case.Reference, Number);

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next) =>
        await base.OnPageHandlerExecutionAsync(context, async () =>
        {
            People = new(await people.InAreaAsync(Case.AreaCode, HttpContext.RequestAborted));
            return await next();
        });

    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        if (IsHidden) context.Result = NotFound();
        else base.OnPageHandlerExecuting(context);
    }
}
