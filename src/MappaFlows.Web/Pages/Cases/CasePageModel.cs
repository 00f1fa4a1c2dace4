using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.DependencyInjection;

namespace MappaFlows.Web.Pages.Cases;

/// <summary>
/// A page about one case, at a route with <c>{reference}</c>. The case is read before any handler runs. A missing
/// case and one the reader may not see both give 404. The page gets the reader's own view of the case: what they may not read is not in it,
/// and a page about that gives 404 too.
/// </summary>
public abstract class CasePageModel(CaseCommands commands) : PageModel
{
    /// <summary>The prefix of the fields that a page binds its form to.</summary>
    protected const string InputPrefix = "Input";

    /// <summary>Names this one sending of the form: the same form sent twice is one record.</summary>
    [BindProperty]
    public string Key { get; set; } = Guid.NewGuid().ToString("N");

    /// <summary>Whether the person has seen the check page and wants what it says.</summary>
    [BindProperty]
    public bool Confirmed { get; set; }

    /// <summary>Whether the person goes back from the check page to what they typed.</summary>
    [BindProperty]
    public bool Change { get; set; }

    /// <summary>The case as the person who is signed in may read it.</summary>
    public CaseView View
    {
        get;
        private set
        {
            field = value;
            HttpContext.ShowCase(value);
        }
    } = null!;

    /// <summary>What the case waits for.</summary>
    public Timetable Timetable => View.Timetable;

    public CaseState Case => Timetable.Case;

    public Person Me => HttpContext.Person();

    /// <summary>How much of the case a reader must be able to see to get this page.</summary>
    protected virtual CaseScope Needs => CaseScope.Person;

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        if (!CaseReference.TryParse((string?)RouteData.Values["reference"], out var reference)
            || await commands.OpenAsync(Me, reference, HttpContext.RequestAborted) is not { } view
            || view.Scope < Needs)
        {
            context.Result = NotFound();
            return;
        }

        View = view;
        await base.OnPageHandlerExecutionAsync(context, next);
    }

    /// <summary>
    /// Gives the command. Done: answers 303 to <paramref name="then"/>. Refused: the page again, with what was typed, each problem beside
    /// its field (the command's property below <see cref="InputPrefix"/>) and the status that says why (422, 403, 409). Where a field could
    /// not be read the command is only tried, so that everything that is wrong is said at once.
    /// </summary>
    /// <param name="read">
    /// A property of the command that is made of several fields, of which it was said what is wrong; null for none.
    /// </param>
    protected async Task<IActionResult> ExecuteAsync(CaseCommand command, string then, string? read = null)
    {
        var isReadable = ModelState.IsValid;
        var result = isReadable
            ? await commands.ExecuteAsync(Me, Case.Reference, command, Key, HttpContext.RequestAborted)
            : await commands.ValidateAsync(Me, Case.Reference, command, HttpContext.RequestAborted);
        if (result is CommandResult.Done done)
        {
            SuccessMessage.Leave(HttpContext, Service<CaseWeb>().SuccessOf(command, done.Now ?? View));
            return new SeeOther(then);
        }

        if (result is not CommandResult.Refused refused) return Refuse(StatusCodes.Status422UnprocessableEntity);
        if (refused.Kind == RefusalKind.NotFound) return NotFound();
        ModelState.AddProblems(refused.Problems, InputPrefix, read);
        View = await commands.OpenAsync(Me, Case.Reference, HttpContext.RequestAborted) ?? View;
        return Refuse(RefusalStatus.Of(refused.Kind));
    }

    /// <summary>
    /// Gives a command that cannot be undone: shows its check page first. Only the second post, from that page, gives the command; it also
    /// has a way back to the form, with everything that was typed.
    /// </summary>
    /// <param name="text">What the check page says; asked only where the command would be done.</param>
    /// <inheritdoc cref="ExecuteAsync"/>
    protected async Task<IActionResult> CheckAsync(CaseCommand command, Func<CheckText> text, string then, string? read = null)
    {
        if (Change) return Page();
        if (!Confirmed && ModelState.IsValid
            && await Service<CommandChecks>().FindAsync(HttpContext, View, command, text, Key, InputPrefix) is { } check)
        {
            CommandChecks.Show(ViewData, check);
            return Page();
        }

        // Confirmed; or the command would be refused, and its answer says why.
        return await ExecuteAsync(command, then, read);
    }

    /// <summary>The page of this case.</summary>
    public string CasePath => Routes.Case(Case.Reference);

    /// <summary>What every page of a case needs, and none should have to ask for in its constructor.</summary>
    private T Service<T>()
        where T : notnull => HttpContext.RequestServices.GetRequiredService<T>();

    private PageResult Refuse(int status)
    {
        Response.StatusCode = status;
        return Page();
    }
}
