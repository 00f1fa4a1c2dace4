using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace MappaFlows.Web.Api;

/// <summary>Problem details (RFC 9457) in words for the person who can fix it; <c>errors</c> names each field.</summary>
internal static class ApiProblem
{
    public const string ContentType = "application/problem+json";

    /// <summary>The problem that a status stands for by itself.</summary>
    public static IResult Of(int status) => Write(status, TitleOf(status), detail: null, errors: null);

    /// <summary>The problem that a status stands for, and what to do about it.</summary>
    public static IResult Of(int status, string detail) => Write(status, TitleOf(status), detail, errors: null);

    /// <summary>One field is wrong.</summary>
    public static IResult OfField(int status, string field, string message) =>
        Write(status, TitleOf(status), detail: null, new Dictionary<string, string[]> { [field] = [message] });

    /// <summary>What was sent is no JSON.</summary>
    public static IResult Malformed(long? line) =>
        Write(StatusCodes.Status400BadRequest, TitleOf(StatusCodes.Status400BadRequest), $"What was sent is not JSON: see line {line ?? 1}.", errors: null);

    /// <summary>A command was refused.</summary>
    /// <param name="field">Names a field as the caller sent it.</param>
    public static IResult Of(CommandResult.Refused refused, Func<string, string> field)
    {
        var status = refused.Kind switch
        {
            RefusalKind.Invalid => StatusCodes.Status422UnprocessableEntity,
            RefusalKind.Forbidden => StatusCodes.Status403Forbidden,
            RefusalKind.NotFound => StatusCodes.Status404NotFound,
            _ => StatusCodes.Status409Conflict,
        };
        var errors = refused.Problems
            .Where(problem => problem.Field.Length > 0)
            .GroupBy(problem => field(problem.Field), problem => problem.Message)
            .ToDictionary(group => group.Key, group => group.ToArray());
        var general = string.Join(' ', refused.Problems.Where(problem => problem.Field.Length == 0).Select(problem => problem.Message));
        return Write(status, TitleOf(status), general.Length > 0 ? general : null, errors.Count > 0 ? errors : null);
    }

    /// <summary>Writes the problem of a status that has no body yet.</summary>
    public static Task WriteAsync(HttpContext context, int status) => Of(status).ExecuteAsync(context);

    private static IResult Write(int status, string title, string? detail, Dictionary<string, string[]>? errors)
    {
        var problem = errors is null ? new ProblemDetails() : new HttpValidationProblemDetails(errors);
        problem.Status = status;
        problem.Title = title;
        problem.Detail = detail;
        if (status >= StatusCodes.Status500InternalServerError) problem.Extensions["traceId"] = Activity.Current?.TraceId.ToString();
        return Results.Problem(problem);
    }

    private static string TitleOf(int status) => status switch
    {
        StatusCodes.Status400BadRequest => "The request could not be read.",
        StatusCodes.Status401Unauthorized => "Sign in first.",
        StatusCodes.Status403Forbidden => "You do not have the right to do this.",
        StatusCodes.Status404NotFound => "Not found, or not yours to see.",
        StatusCodes.Status405MethodNotAllowed => "This cannot be done here.",
        StatusCodes.Status409Conflict => "The case has changed since you read it.",
        StatusCodes.Status412PreconditionFailed => "The case has changed since you read it. Nothing was done. Read it again.",
        StatusCodes.Status413PayloadTooLarge => "What was sent is too long.",
        StatusCodes.Status415UnsupportedMediaType => "Send JSON, with the content type application/json.",
        StatusCodes.Status422UnprocessableEntity => "Something is missing or wrong.",
        StatusCodes.Status429TooManyRequests => "Too many requests in a short time. Wait, then send it again.",
        StatusCodes.Status503ServiceUnavailable => "MappaFlows is not available just now. Send it again in a minute.",
        >= StatusCodes.Status500InternalServerError => "There is a problem with MappaFlows. Check whether it was done before you send it again.",
        _ => "The request was refused.",
    };
}
