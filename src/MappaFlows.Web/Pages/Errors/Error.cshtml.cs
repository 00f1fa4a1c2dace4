using System.Diagnostics;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace MappaFlows.Web.Pages.Errors;

/// <summary>
/// What a person sees when a request could not be answered. The request is run again to this page with its method and status kept,
/// so it takes every method and asks for no antiforgery token.
/// </summary>
[AllowAnonymous]
[IgnoreAntiforgeryToken]
public sealed class ErrorModel : PageModel
{
    /// <summary>What to say.</summary>
    public ErrorText Problem { get; private set; } = ErrorText.Of(StatusCodes.Status404NotFound);

    /// <summary>What finds the request in the logs, for a fault of ours; null otherwise. It says nothing about a person.</summary>
    public string? Reference { get; private set; }

    /// <inheritdoc />
    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        var isReExecuted = HttpContext.Features.Get<IStatusCodeReExecuteFeature>() is not null
            || HttpContext.Features.Get<IExceptionHandlerFeature>() is not null;
        // Someone typed the address of this page, which has no content of its own.
        if (!isReExecuted)
            Response.StatusCode = StatusCodes.Status404NotFound;

        Problem = HttpContext.Features.Get<IExceptionHandlerFeature>()?.Error is BrokenRecordException ? ErrorText.OfBrokenRecord
            : SomeoneElsesForm.Is(HttpContext) ? ErrorText.SomeoneElse
            : ErrorText.Of(Response.StatusCode);
        if (Response.StatusCode >= StatusCodes.Status500InternalServerError)
            Reference = Activity.Current?.TraceId.ToString() ?? HttpContext.TraceIdentifier;
    }
}
