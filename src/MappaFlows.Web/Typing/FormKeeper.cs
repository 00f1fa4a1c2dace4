using MappaFlows.Tables;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.DependencyInjection;

namespace MappaFlows.Web.Typing;

/// <summary>
/// Keeps what was typed into any form of the site until it is recorded. A post that ends in a 303 is recorded; after any other answer, and
/// after a post of someone who is not (or no longer) the one who opened the form, what was typed is kept for its owner.
/// </summary>
public sealed class FormKeeper(FormTickets tickets, TypedForms typed, TimeProvider time)
{
    /// <summary>Puts a form that was sent with a true ticket to the request, and keeps it or removes it as the answer says.</summary>
    internal async Task WatchAsync(HttpContext context, RequestDelegate next)
    {
        if (await ReadAsync(context) is not { } posted)
        {
            await next(context);
            return;
        }

        context.Items[typeof(PostedForm)] = posted;

        // Before the answer is on its way, so that what was answered is true also after a crash.
        context.Response.OnStarting(() => FinishAsync(context, posted));
        try
        {
            await next(context);
        }
        catch (Exception)
        {
            // The page that says what went wrong shows what was typed to the one who typed it. The directory may have failed to say who.
            posted.IsOwn |= IsOf(context, posted);
            await KeepAsync(posted);
            posted.IsFinished = true;
            throw;
        }

        if (!context.Response.HasStarted) await FinishAsync(context, posted);
    }

    /// <summary>Lets nobody but its owner send a form. Stands after the sign-in was looked at, and before what it allows.</summary>
    internal async Task GuardAsync(HttpContext context, RequestDelegate next)
    {
        if (PostedForm.Of(context) is not { IsFinished: false } posted || IsAgain(context))
        {
            await next(context);
            return;
        }

        posted.IsOwn = IsOf(context, posted);
        if (posted.IsKeeping)
        {
            await AnswerKeptAsync(context, posted);
        }
        else if (!posted.IsOwn)
        {
            await KeepForOwnerAsync(context, posted);
        }
        else if (posted.IsEmptying)
        {
            posted.IsFinished = true;
            await typed.RemoveAsync(posted.Ticket.PersonId, posted.Ticket.Form, context.RequestAborted);
            context.Response.StatusCode = StatusCodes.Status303SeeOther;
            context.Response.Headers.Location = $"{context.Request.PathBase}{context.Request.Path}{context.Request.QueryString}";
        }
        else
        {
            await next(context);
        }
    }

    /// <summary>Keeps the form now; whether it could be.</summary>
    public async Task<bool> TryKeepAsync(PostedForm posted)
    {
        await KeepAsync(posted);
        return posted.IsKept;
    }

    /// <summary>"Kept at 2:02pm".</summary>
    public string KeptAt(DateTimeOffset at) => $"Kept {KeptTime.InWords(at, time.GetUtcNow())}";

    private static bool IsOf(HttpContext context, PostedForm posted) =>
        context.User.FindFirst(CurrentPerson.IdClaim)?.Value == posted.Ticket.PersonId;

    /// <summary>Whether a request is run again to the page that says what went wrong.</summary>
    private static bool IsAgain(HttpContext context) =>
        context.Features.Get<IStatusCodeReExecuteFeature>() is not null || context.Features.Get<IExceptionHandlerFeature>() is not null;

    private async Task<PostedForm?> ReadAsync(HttpContext context)
    {
        if (!HttpMethods.IsPost(context.Request.Method) || !context.Request.HasFormContentType || IsAgain(context)) return null;
        if (context.GetEndpoint()?.Metadata.GetMetadata<CompiledPageActionDescriptor>() is not { } page) return null;
        try
        {
            var form = await context.Request.ReadFormAsync(context.RequestAborted);
            return tickets.Read(form[FormNames.Ticket]) is { } ticket && ticket.Form == FormTicket.NameOf(context.Request)
                ? new(ticket, form, page)
                : null;
        }
        catch (Exception exception) when (exception is BadHttpRequestException or InvalidDataException or IOException)
        {
            // A body that is too long or broken: the page finds out again, and says so.
            return null;
        }
    }

    /// <summary>Keeps it or removes it, as the answer says.</summary>
    private async Task FinishAsync(HttpContext context, PostedForm posted)
    {
        if (posted.IsFinished) return;
        posted.IsFinished = true;
        if (!posted.IsOwn) return;
        var isRecorded = posted.IsRecorded || (context.Response.StatusCode == StatusCodes.Status303SeeOther && !posted.Waits);
        if (!isRecorded)
        {
            await KeepAsync(posted);
            return;
        }

        try
        {
            var (person, form, sheet, began) = posted.Ticket;
            await typed.RecordedAsync(person, form, sheet, began, posted.WasKept);
        }
        catch (TableStoreException)
        {
            // It is recorded. That it is offered once more does no harm: its key makes it the same again.
        }
    }

    private async Task KeepAsync(PostedForm posted)
    {
        if (!posted.IsOwn || !posted.HasText || posted.IsKept) return;
        try
        {
            var (person, form, sheet, began) = posted.Ticket;
            posted.IsKept = await typed.SaveAsync(person, form, sheet, posted.Fields, began) is not null;
        }
        catch (TableStoreException)
        {
            // The page that answers shows it.
        }
    }

    /// <summary>For the script of the page, which shows the answer. A browser that leaves does not wait for it.</summary>
    private async Task AnswerKeptAsync(HttpContext context, PostedForm posted)
    {
        posted.IsFinished = true;
        var (person, form, sheet, began) = posted.Ticket;
        var at = await typed.SaveAsync(person, form, sheet, posted.Fields, began);
        context.Response.ContentType = "text/plain; charset=utf-8";
        await context.Response.WriteAsync(at is { } kept ? KeptAt(kept) : "", context.RequestAborted);
    }

    /// <summary>
    /// Nobody is signed in, or someone else is: nothing is done in any name. What was typed waits for the one who typed it.
    /// </summary>
    private async Task KeepForOwnerAsync(HttpContext context, PostedForm posted)
    {
        posted.IsFinished = true;
        var (person, form, sheet, began) = posted.Ticket;
        if (posted.HasText) await typed.SaveAsync(person, form, sheet, posted.Fields, began);
        if (context.FindPerson() is null)
        {
            await context.ChallengeAsync();
            return;
        }

        SomeoneElsesForm.Mark(context);
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
    }
}

/// <summary>A form that was opened by another person than the one who is signed in now.</summary>
public static class SomeoneElsesForm
{
    /// <summary>Whether the request was refused for this.</summary>
    public static bool Is(HttpContext context) => context.Items.ContainsKey(typeof(SomeoneElsesForm));

    internal static void Mark(HttpContext context) => context.Items[typeof(SomeoneElsesForm)] = true;
}

/// <summary>When something was kept, in words.</summary>
public static class KeptTime
{
    /// <summary>"at 2:02pm" of today, or "on 1 June 2026 at 2:02pm".</summary>
    public static string InWords(DateTimeOffset at, DateTimeOffset now)
    {
        var whole = UkTime.DateAndTime(at);
        return LondonTime.Today(at) == LondonTime.Today(now) ? whole[(whole.IndexOf(" at ", StringComparison.Ordinal) + 1)..] : $"on {whole}";
    }
}

/// <summary>The two places of the pipeline at which forms are kept.</summary>
public static class FormKeeperPipeline
{
    /// <summary>Stands before the sign-in is looked at, so that nothing that fails after it loses a form.</summary>
    public static IApplicationBuilder UseFormKeeper(this IApplicationBuilder app) => app.Use((context, next) =>
        context.RequestServices.GetRequiredService<FormKeeper>().WatchAsync(context, _ => next(context)));

    /// <summary>Stands between the sign-in and what it allows.</summary>
    public static IApplicationBuilder UseFormOwners(this IApplicationBuilder app) => app.Use((context, next) =>
        context.RequestServices.GetRequiredService<FormKeeper>().GuardAsync(context, _ => next(context)));
}
