using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;

namespace MappaFlows.Web.Pages.Cases;

/// <summary>
/// A page whose command moves dates of the case or ends it. What follows is worked out and shown first; only the second post, from the
/// page that shows it, gives the command.
/// </summary>
/// <remarks>
/// The page that shows it is a GET of what was typed and kept (<see cref="CheckOrExecuteAsync"/>, <see cref="ShowAsync"/>), so that the
/// browser's Back leads to the form as it was filled in, and reloading sends nothing again.
/// </remarks>
public abstract class PreviewedCommandPage(CaseCommands commands, CaseWeb features) : CaseCommandPage(commands)
{
    /// <summary>Whether the person has seen what follows and wants it.</summary>
    [BindProperty]
    [NotKept]
    public bool Confirmed { get; set; }

    /// <summary>The sheet of the form whose check page is shown; null for the form itself.</summary>
    [BindProperty(SupportsGet = true, Name = "check")]
    public string? Check { get; set; }

    /// <summary>What would follow, where the page shows that; null while the form is filled in.</summary>
    public ChangePreview? Preview { get; private set; }

    /// <summary>Every field of the form as it was typed, for the check page to send again.</summary>
    public IEnumerable<TypedField> Typed()
    {
        var fields = RestoredForm.Of(HttpContext)?.Newest.Fields
            ?? Request.Form.SelectMany(field => field.Value.Select(value => new TypedField(field.Key, value ?? "")));
        return fields.Where(field => field.Name.StartsWith($"{InputPrefix}.", StringComparison.Ordinal));
    }

    /// <summary>The form, or the check page of what was typed into it.</summary>
    /// <param name="command">The command of what the form says, once it is filled in again.</param>
    protected async Task<IActionResult> ShowAsync(Func<CaseCommand> command)
    {
        if (Check is not { } sheet) return Page();

        // It was confirmed, or emptied, or is too old.
        var restorer = HttpContext.RequestServices.GetRequiredService<FormRestorer>();
        if (!await restorer.RestoreAsync(this, Me, sheet)) return new SeeOther(Request.Path);
        if (BlockedReason is not null || await TryPreviewAsync(command())) return Page();

        // The case has moved on since.
        return await TryAsync(command());
    }

    /// <summary>
    /// As <see cref="PreviewOrExecuteAsync"/>, but what follows is shown by <see cref="ShowAsync"/> at an address of its own. Where what was
    /// typed cannot be kept, it is shown at once.
    /// </summary>
    protected async Task<IActionResult> CheckOrExecuteAsync(CaseCommand command, string then)
    {
        if (Confirmed || !ModelState.IsValid || !await TryPreviewAsync(command)) return await ExecuteAsync(command, then);
        var keeper = HttpContext.RequestServices.GetRequiredService<FormKeeper>();
        if (PostedForm.Of(HttpContext) is not { } posted || !await keeper.TryKeepAsync(posted)) return Page();
        posted.Wait();
        return new SeeOther($"{Request.Path}{QueryString.Create("check", posted.Ticket.Sheet)}");
    }

    protected async Task<IActionResult> PreviewOrExecuteAsync(CaseCommand command, string then)
    {
        if (!Confirmed && ModelState.IsValid && await TryPreviewAsync(command)) return Page();

        // Confirmed; or the command would be refused, and its answer says why.
        return await ExecuteAsync(command, then);
    }

    private async Task<bool> TryPreviewAsync(CaseCommand command)
    {
        if (await PreviewAsync(command) is not { } after) return false;
        Preview = ChangePreview.Of(Timetable, after.Timetable, features);
        return true;
    }
}
