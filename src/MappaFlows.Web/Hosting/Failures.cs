using MappaFlows.Tables;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;

namespace MappaFlows.Web.Hosting;

/// <summary>Which status a failure is, for pages and the API alike.</summary>
internal static class Failures
{
    /// <summary>Why a record is not shown, in one sentence for the API.</summary>
    public const string BrokenRecord = "What is stored of this record is not what was recorded. It cannot be shown or changed. Administrators have been informed.";

    private const string Seconds = "60";

    public static int StatusOf(Exception exception) => exception switch
    {
        BadHttpRequestException bad => bad.StatusCode,
        BrokenRecordException => StatusCodes.Status409Conflict,
        TableUnavailableException => StatusCodes.Status503ServiceUnavailable,
        _ => StatusCodes.Status500InternalServerError,
    };

    /// <summary>A full or unreachable store is of today: whoever asks is told when to ask again.</summary>
    public static void SayWhenToTryAgain(HttpContext context)
    {
        if (context.Response.StatusCode == StatusCodes.Status503ServiceUnavailable) context.Response.Headers.RetryAfter = Seconds;
    }

    /// <summary>As <see cref="SayWhenToTryAgain"/>, on the way to the page that says so.</summary>
    public static Task SayWhenToTryAgainAsync(HttpContext context, RequestDelegate next)
    {
        if (context.Features.Get<IExceptionHandlerFeature>() is not null) SayWhenToTryAgain(context);
        return next(context);
    }
}
