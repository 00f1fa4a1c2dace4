using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace MappaFlows.Web.Api;

/// <summary>Maps the endpoints of commands. Each answers with the case as it then stands.</summary>
/// <param name="group">The API's own group of routes.</param>
public sealed class CaseCommandEndpoints(RouteGroupBuilder group)
{
    private const string Prefix = "/cases/{reference}";

    public RouteGroupBuilder Group => group;

    /// <summary>An endpoint whose body is the command.</summary>
    /// <param name="field">The field of the body that a problem's field stands for; null where they have the same name.</param>
    public RouteHandlerBuilder Map<TCommand>(string path, string name, string summary, Func<string, string>? field = null)
        where TCommand : CaseCommand
    {
        return Describe<TCommand>(group.MapPost(Prefix + path, RunAsync), name, summary).Accepts<TCommand>("application/json");

        Task<IResult> RunAsync(
            string reference,
            [AsParameters] SentCommand sent) => sent.RunAsync<TCommand>(reference, body => body, field);
    }

    /// <summary>An endpoint whose body makes the command.</summary>
    public RouteHandlerBuilder Map<TBody, TCommand>(string path, string name, string summary, Func<TBody, TCommand> command)
        where TBody : class
        where TCommand : CaseCommand
    {
        return Describe<TCommand>(group.MapPost(Prefix + path, RunAsync), name, summary).Accepts<TBody>("application/json");

        Task<IResult> RunAsync(string reference, [AsParameters] SentCommand sent) => sent.RunAsync<TBody>(reference, command, field: null);
    }

    /// <summary>An endpoint whose body and number make the command.</summary>
    public RouteHandlerBuilder Map<TBody, TCommand>(string path, string name, string summary, Func<int, TBody, TCommand> command)
        where TBody : class
        where TCommand : CaseCommand
    {
        return Describe<TCommand>(group.MapPost(Prefix + path, RunAsync), name, summary).Accepts<TBody>("application/json");

        Task<IResult> RunAsync(string reference, int number, [AsParameters] SentCommand sent) =>
            sent.RunAsync<TBody>(reference, body => command(number, body), field: null);
    }

    /// <summary>An endpoint without a body.</summary>
    public RouteHandlerBuilder Map<TCommand>(string path, string name, string summary, Func<int, TCommand> command)
        where TCommand : CaseCommand
    {
        return Describe<TCommand>(group.MapPost(Prefix + path, RunAsync), name, summary);

        Task<IResult> RunAsync(string reference, int number, [AsParameters] SentCommand sent) => sent.RunAsync(reference, command(number));
    }

    private static RouteHandlerBuilder Describe<TCommand>(RouteHandlerBuilder endpoint, string name, string summary) => endpoint
        .WithName(name)
        .WithSummary(summary)
        .WithMetadata(new CommandMetadata(typeof(TCommand)))
        .Produces<CaseDocument>()
        .Produces(StatusCodes.Status204NoContent)
        .ProducesProblems(
            StatusCodes.Status400BadRequest,
            StatusCodes.Status403Forbidden,
            StatusCodes.Status404NotFound,
            StatusCodes.Status409Conflict,
            StatusCodes.Status412PreconditionFailed,
            StatusCodes.Status413PayloadTooLarge,
            StatusCodes.Status415UnsupportedMediaType,
            StatusCodes.Status422UnprocessableEntity);
}
