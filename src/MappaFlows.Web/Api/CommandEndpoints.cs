using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;

namespace MappaFlows.Web.Api;

/// <summary>A command for each step of a case. Each answers with the case as it then stands.</summary>
internal static class CommandEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        MapCommand<DecideScreening>(api, "/screening", "ScreenReferral", "Decides the screening: accepts at a level, asks for more, or refuses", body => body);
        MapCommand<GiveInformation>(api, "/answer", "AnswerQuestion", "Answers the coordinator’s question", body => body);
        MapCommand<ScheduleMeeting>(api, "/meetings", "ScheduleMeeting", "Arranges the next level 2 or 3 meeting and invites the agencies", body => body);
        MapCommand<MoveMeetingRequest>(
            api,
            "/meetings/{number:int}/move",
            "MoveMeeting",
            "Moves a meeting that is arranged",
            (number, body) => new MoveMeeting
            {
                Number = number,
                StartsAt = body.StartsAt,
                Minutes = body.Minutes,
                Place = body.Place,
                Reason = body.Reason,
            });
        MapCommand<MeetingOutcome>(
            api, "/meetings/{number:int}/outcome", "RecordMeeting", "Records what a meeting decided", (number, body) => new RecordMeeting(number, body));
        MapCommand(api, "/meetings/{number:int}/minutes", "SendMinutes", "Records that the minutes went out", number => new SendMinutes(number));
        MapCommand<Level1Review>(
            api, "/level-1-reviews", "RecordLevel1Review", "Records the lead agency’s review of a level 1 case", body => new RecordLevel1Review(body));
        MapCommand<ProposeDisclosure>(
            api,
            "/disclosures",
            "ProposeDisclosure",
            "Proposes a disclosure and asks the approver",
            body => body,
            field => field == nameof(ProposeDisclosure.ApproverId) ? JsonFields.OfProperty(field) : $"content.{JsonFields.OfProperty(field)}");
        MapCommand<DisclosureContent>(
            api,
            "/disclosures/{number:int}/revision",
            "ReviseDisclosure",
            "Changes the content of a disclosure and asks the approver anew",
            (number, body) => new ReviseDisclosure(number, body));
        MapCommand<WithdrawDisclosureRequest>(
            api,
            "/disclosures/{number:int}/withdrawal",
            "WithdrawDisclosure",
            "Takes a proposal back",
            (number, body) => new WithdrawDisclosure(number, body.Reason));
        MapCommand<DecideDisclosureRequest>(
            api,
            "/disclosures/{number:int}/decision",
            "DecideDisclosure",
            "Decides on exactly the content with this hash",
            (number, body) => new DecideDisclosure
            {
                Number = number,
                Outcome = body.Outcome,
                Reasons = body.Reasons,
                ContentHash = body.ContentHash,
            });
        MapCommand<DisclosureRecord>(
            api, "/disclosures/{number:int}/act", "RecordDisclosure", "Records that the recipient was told", (number, body) => new RecordDisclosure(number, body));
        MapCommand<ChangeDate>(api, "/dates", "ChangeDate", "Sets a date that clocks come from; from is the date as you saw it, and basis the sentence or order that ends on it", body => body);
        MapCommand<AddEligibility>(api, "/eligibility", "AddEligibility", "Records a new sentence or order that makes the person eligible besides", body => body);
        MapCommand<RecordPreExitReview>(api, "/exit-reviews", "RecordExitReview", "Records a review before the exit", body => body);
        MapCommand<DecideExit>(api, "/exit", "DecideExit", "Decides that the person is no longer managed", body => body);
    }

    private static void MapCommand<T>(
        RouteGroupBuilder api,
        string path,
        string name,
        string summary,
        Func<T, CaseCommand> command,
        Func<string, string>? field = null)
        where T : class
    {
        Describe(api.MapPost("/cases/{reference}" + path, RunAsync), name, summary).Accepts<T>("application/json");

        Task<IResult> RunAsync(string reference, [AsParameters] Sent sent) => sent.RunAsync(reference, command, field);
    }

    private static void MapCommand<T>(RouteGroupBuilder api, string path, string name, string summary, Func<int, T, CaseCommand> command)
        where T : class
    {
        Describe(api.MapPost("/cases/{reference}" + path, RunAsync), name, summary).Accepts<T>("application/json");

        Task<IResult> RunAsync(string reference, int number, [AsParameters] Sent sent) =>
            sent.RunAsync<T>(reference, body => command(number, body), field: null);
    }

    private static void MapCommand(RouteGroupBuilder api, string path, string name, string summary, Func<int, CaseCommand> command)
    {
        Describe(api.MapPost("/cases/{reference}" + path, RunAsync), name, summary);

        Task<IResult> RunAsync(string reference, int number, [AsParameters] Sent sent) => sent.RunAsync(reference, command(number));
    }

    private static RouteHandlerBuilder Describe(RouteHandlerBuilder endpoint, string name, string summary) => endpoint
        .WithName(name)
        .WithSummary(summary)
        .Produces<CaseDocument>()
        .ProducesProblems(
            StatusCodes.Status400BadRequest,
            StatusCodes.Status403Forbidden,
            StatusCodes.Status404NotFound,
            StatusCodes.Status409Conflict,
            StatusCodes.Status413PayloadTooLarge,
            StatusCodes.Status415UnsupportedMediaType,
            StatusCodes.Status422UnprocessableEntity);

    /// <summary>One command as it was sent.</summary>
    private readonly record struct Sent(
        HttpContext Http,
        CaseCommands Commands,
        FreshSignIn SignIn,
        TimeProvider Time,
        IOptions<ApiOptions> Options,
        [FromHeader(Name = IdempotencyKey.Header)] string? Key = null)
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

            // Whoever may not decide at all is refused by the case, which keeps the attempt on record.
            if (command is DecideDisclosure && before.May(command) && !SignIn.IsFresh(Http.User))
                return ApiProblem.Of(StatusCodes.Status403Forbidden, FreshSignIn.Message);

            var reference = before.Case.Reference;
            var result = await Commands.ExecuteAsync(Http.Person(), reference, command, Key, Http.RequestAborted);
            return result switch
            {
                CommandResult.Refused refused => ApiProblem.Of(refused, field),
                CommandResult.Done { Now: { } now } => Results.Ok(CaseDocument.Of(now, Time.GetUtcNow())),

                // It is done. A right that was taken away at this moment leaves nothing to show.
                _ => Results.NoContent(),
            };
        }
    }
}

/// <summary>Where and when a meeting is from now on, and why it was moved.</summary>
public sealed record MoveMeetingRequest(DateTimeOffset? StartsAt, int? Minutes, string? Place, string? Reason);

/// <summary>Why a proposal is taken back.</summary>
public sealed record WithdrawDisclosureRequest(string? Reason);

/// <summary>The approver's decision; the hash says on which content.</summary>
public sealed record DecideDisclosureRequest(ApprovalOutcome? Outcome, string? Reasons, string? ContentHash);
