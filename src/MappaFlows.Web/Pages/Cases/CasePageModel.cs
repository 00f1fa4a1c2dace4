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
    [NotKept]
    public bool Confirmed { get; set; }

    /// <summary>Whether the person goes back from the check page to what they typed.</summary>
    [BindProperty]
    [NotKept]
    public bool Change { get; set; }

    /// <summary>The sheet of the form whose check page is shown; null for the form itself.</summary>
    [BindProperty(SupportsGet = true, Name = "check")]
    public string? CheckSheet { get; set; }

    /// <summary>Why there is nothing to do on this page as the case stands, in a sentence; null where there is.</summary>
    public virtual string? BlockedReason => null;

    private bool IsChecking => CheckSheet is not null && HttpMethods.IsGet(Request.Method) && this is ICheckedPage;

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
        await base.OnPageHandlerExecutionAsync(context, IsChecking ? ShowCheckAsync : next);

        // The check page is what the form would answer, filled in again with what was typed into it.
        async Task<PageHandlerExecutedContext> ShowCheckAsync() => new(PageContext, context.Filters, context.HandlerMethod, this)
        {
            Result = context.Result = await Service<FormRestorer>().RestoreAsync(this, Me, CheckSheet!)
                ? await ((ICheckedPage)this).OnPostAsync()
                : new SeeOther(Request.Path),
        };
    }

    /// <summary>
    /// Gives the command. Done: answers 303 to <paramref name="then"/>. Refused: the page again, with what was typed, each problem beside
    /// its field (the command's property below <see cref="InputPrefix"/>) and the status that says why (422, 403, 409). Where a field could
    /// not be read the command is only tried, so that everything that is wrong is said at once.
    /// </summary>
    /// <param name="read">
    /// A property of the command that is made of several fields, of which it was said what is wrong; null for none.
    /// </param>
    protected Task<IActionResult> ExecuteAsync(CaseCommand command, string then, string? read = null) =>
        ExecuteAsync(command, _ => then, read);

    /// <inheritdoc cref="ExecuteAsync(CaseCommand, string, string)"/>
    /// <param name="then">Where to, of the case as it is then: the same form sent twice leads to the same page.</param>
    protected async Task<IActionResult> ExecuteAsync(CaseCommand command, Func<CaseState, string> then, string? read = null)
    {
        if (!ModelState.IsValid) return await TryAsync(command, read);
        switch (await commands.ExecuteAsync(Me, Case.Reference, command, Key, HttpContext.RequestAborted))
        {
            case CommandResult.Refused refused:
                return await RefuseAsync(refused, read);
            case CommandResult.Done { Now: var now }:
                SuccessMessage.Leave(HttpContext, Service<CaseWeb>().SuccessOf(command, now ?? View));
                return new SeeOther(then((now ?? View).Case));
            default:
                return new SeeOther(then(Case));
        }
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

    /// <summary>
    /// Gives a command that cannot be undone: shows its check page first. Only the second post, from that page, gives the command; it also
    /// has a way back to the form, with everything that was typed.
    /// </summary>
    /// <remarks>
    /// The check page of an <see cref="ICheckedPage"/> is a GET of what was typed and kept, so that the browser's Back leads to the form as
    /// it was filled in, and reloading sends nothing again. Where it cannot be kept, it is shown at once.
    /// </remarks>
    /// <param name="text">What the check page says; asked only where the command would be done.</param>
    /// <inheritdoc cref="ExecuteAsync(CaseCommand, string, string)"/>
    protected async Task<IActionResult> CheckAsync(CaseCommand command, Func<CheckText> text, string then, string? read = null)
    {
        if (Change) return Page();
        if (Confirmed || !ModelState.IsValid || await FindCheckAsync(command, text) is not { } check)
        {
            // What follows was read again, and the case has moved on since; or confirmed; or the command would be refused, and says why.
            return !IsChecking ? await ExecuteAsync(command, then, read) : BlockedReason is null ? await TryAsync(command, read) : Page();
        }

        if (!IsChecking && this is ICheckedPage && PostedForm.Of(HttpContext) is { } posted
            && await Service<FormKeeper>().TryKeepAsync(posted))
        {
            posted.Wait();
            return new SeeOther($"{Request.Path}{QueryString.Create("check", posted.Ticket.Sheet)}");
        }

        CommandChecks.Show(ViewData, check);
        return Page();
    }

    private Task<CommandCheck?> FindCheckAsync(CaseCommand command, Func<CheckText> text) =>
        Service<CommandChecks>().FindAsync(HttpContext, View, command, text, Key, InputPrefix);

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

/// <summary>A page with a form that is checked before it is done.</summary>
public interface ICheckedPage
{
    /// <summary>Handles the form: its check page, or what it asks for.</summary>
    Task<IActionResult> OnPostAsync();
}
