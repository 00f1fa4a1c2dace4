using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace MappaFlows.Web.Api;

/// <summary>One command as it was sent.</summary>
internal readonly record struct SentCommand(
    HttpContext Http,
    CaseCommands Commands,
    CaseDocuments Documents,
    FreshSignIn SignIn,
    IOptions<ApiOptions> Options,
    [FromHeader(Name = IdempotencyKey.Header)] string? Key = null,
    [FromHeader(Name = IfMatch.Header)] string? Known = null)
{
    public async Task<IResult> RunAsync<T>(string reference, Func<T, CaseCommand> command, Func<string, string>? field)
        where T : class
    {
        if (await CaseEndpoints.OpenAsync(Http, reference, Commands) is not { } view) return ApiProblem.Of(StatusCodes.Status404NotFound);
        var body = await ApiBody<T>.ReadAsync(Http.Request, Options.Value.MaxBodyBytes);
        return body.IsRead(out var value)
            ? await ExecuteAsync(view, command(value), field ?? JsonFields.OfProperty)
            : body.Problem!;
    }

    public async Task<IResult> RunAsync(string reference, CaseCommand command) =>
        await CaseEndpoints.OpenAsync(Http, reference, Commands) is { } view
            ? await ExecuteAsync(view, command, JsonFields.OfProperty)
            : ApiProblem.Of(StatusCodes.Status404NotFound);

    private async Task<IResult> ExecuteAsync(CaseView before, CaseCommand command, Func<string, string> field)
    {
        if (Key is not null && !IdempotencyKey.IsValid(Key)) return IdempotencyKey.Invalid;
        long? expected = null;
        if (Known is not null)
        {
            if (!IfMatch.TryParse(Known, out var known)) return IfMatch.Invalid;
            expected = new CaseAnswer(Documents.Of(before)).IsMatchedBy(known) ? before.Case.Version : IfMatch.NoVersion;
        }

        // A person who may not decide at all is refused by the case, which records the attempt.
        if (Http.GetEndpoint()?.Metadata.GetMetadata<FreshSignInMetadata>() is not null
            && before.May(command)
            && !SignIn.IsFresh(Http.User))
        {
            return ApiProblem.Of(StatusCodes.Status403Forbidden, FreshSignIn.Message);
        }

        var reference = before.Case.Reference;
        var result = await Commands.ExecuteAsync(Http.Person(), reference, command, Key, expected, Http.RequestAborted);
        return result switch
        {
            CommandResult.Stale => ApiProblem.Of(StatusCodes.Status412PreconditionFailed),
            CommandResult.Refused refused => ApiProblem.Of(refused, field),
            CommandResult.Done { Now: { } now } => new CaseAnswer(Documents.Of(now)),

            // It is done. A right that was taken away at this moment leaves nothing to show.
            _ => Results.NoContent(),
        };
    }
}
