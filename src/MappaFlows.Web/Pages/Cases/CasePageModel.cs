using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;

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

    /// <summary>The case as the person who is signed in may read it.</summary>
    public CaseView View { get; private set; } = null!;

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
    protected Task<IActionResult> ExecuteAsync(CaseCommand command, string then, string? read = null) => ExecuteAsync(command, _ => then, read);

    /// <inheritdoc cref="ExecuteAsync(CaseCommand, string, string)"/>
    /// <param name="then">Where to, of the case as it is then: the same form sent twice leads to the same page.</param>
    protected async Task<IActionResult> ExecuteAsync(CaseCommand command, Func<CaseState, string> then, string? read = null)
    {
        if (!ModelState.IsValid) return await TryAsync(command, read);
        return await commands.ExecuteAsync(Me, Case.Reference, command, Key, HttpContext.RequestAborted) switch
        {
            CommandResult.Refused refused => await RefuseAsync(refused, read),
            CommandResult.Done { Now: { } now } => new SeeOther(then(now.Case)),
            _ => new SeeOther(then(Case)),
        };
    }

    /// <summary>The page with everything that is wrong with the command, as <see cref="ExecuteAsync"/>. Nothing is done.</summary>
    protected async Task<IActionResult> TryAsync(CaseCommand command, string? read = null) =>
        await commands.ValidateAsync(Me, Case.Reference, command, HttpContext.RequestAborted) is { } refused
            ? await RefuseAsync(refused, read)
            : Refuse(StatusCodes.Status422UnprocessableEntity);

    private async Task<IActionResult> RefuseAsync(CommandResult.Refused refused, string? read)
    {
        if (refused.Kind == RefusalKind.NotFound) return NotFound();
        ModelState.AddProblems(refused.Problems, InputPrefix, read);
        View = await commands.OpenAsync(Me, Case.Reference, HttpContext.RequestAborted) ?? View;
        return Refuse(RefusalStatus.Of(refused.Kind));
    }

    /// <inheritdoc cref="CaseCommands.PreviewAsync"/>
    protected Task<CaseView?> PreviewAsync(CaseCommand command) =>
        commands.PreviewAsync(Me, Case.Reference, command, HttpContext.RequestAborted);

    /// <summary>The page of this case.</summary>
    public string CasePath => Routes.Case(Case.Reference);

    private PageResult Refuse(int status)
    {
        Response.StatusCode = status;
        return Page();
    }
}
