using System.Buffers.Text;
using System.ComponentModel;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace MappaFlows.Web.Api;

/// <summary>Reading cases.</summary>
internal static partial class CaseEndpoints
{
    private const int MaxCases = 100;
    private const int MaxEvents = 500;

    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/cases", ListAsync)
            .WithName("ListCases")
            .WithSummary("The cases of your area, what is due first before the others; for a lead agency’s manager those that the agency leads")
            .Produces<CaseListDocument>()
            .ProducesProblems(StatusCodes.Status400BadRequest, StatusCodes.Status403Forbidden);
        api.MapGet("/cases/{reference}", GetAsync)
            .WithName("GetCase")
            .WithSummary("A case, what it waits for, and how it will end")
            .WithDescription(
                "Each date says which rule made it: the clock, its edition, its source, and a sentence for people. "
                + "A person with a part in the case, such as its referrer, gets that part. The rest is absent.")
            .Produces<CaseDocument>()
            .Produces(StatusCodes.Status304NotModified)
            .ProducesProblems(StatusCodes.Status404NotFound, StatusCodes.Status409Conflict);
        api.MapGet("/cases/{reference}/events", EventsAsync)
            .WithName("ListEvents")
            .WithSummary("Everything that happened in a case, the oldest first; for its referrer up to the screening decision")
            .Produces<EventListDocument>()
            .ProducesProblems(StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound, StatusCodes.Status409Conflict);
    }

    private static async Task<IResult> ListAsync(
        HttpContext http,
        CaseloadIndex caseload,
        [FromQuery, Description("Level1, Level2 or Level3")] string? level = null,
        [FromQuery, Description("Category1, Category2, Category3 or Category4")] string? category = null,
        [FromQuery, Description("Screening, InformationRequested, Managed, Refused or Closed")] string? stage = null,
        [FromQuery, Description("The id of a lead agency")] string? leadAgency = null,
        [FromQuery, Description("true for the cases that have ended")] string? ended = null,
        [FromQuery, Description("How many, 1 to 100; 25 where not given")] string? take = null,
        [FromQuery, Description("The continuation of the page before")] string? after = null)
    {
        var person = http.Person();
        if (!Permissions.MayListCaseload(person)) return ApiProblem.Of(StatusCodes.Status403Forbidden);
        var only = Permissions.CaseloadAgency(person);
        if (only is not null && leadAgency is not null && leadAgency != only)
            return ApiProblem.Of(StatusCodes.Status403Forbidden, "You can list the cases that your own agency leads.");

        var errors = new Dictionary<string, string>();
        var query = new CaseloadQuery(person.AreaCode)
        {
            Level = Choice<ManagementLevel>(nameof(level), level, errors),
            Category = Choice<Category>(nameof(category), category, errors),
            Stage = Choice<CaseStage>(nameof(stage), stage, errors),
            LeadAgencyId = only ?? leadAgency,
            Ended = ended is "true",
            Take = Number(nameof(take), take, 25, 1, MaxCases, errors),
        };
        if (leadAgency is not null && Agencies.Find(leadAgency) is null) errors[nameof(leadAgency)] = "Use the id of an agency";
        if (ended is not (null or "true" or "false")) errors[nameof(ended)] = "Use true or false";
        if (after is not null)
        {
            query = query with { After = ReadContinuation(after) };
            if (query.After is null || !query.After.StartsWith(query.Ended ? "ended-" : "live-", StringComparison.Ordinal))
                errors[nameof(after)] = "Use the continuation of the page before, with the same filters";
        }

        if (errors.FirstOrDefault() is { Key: not null } first)
            return ApiProblem.OfField(StatusCodes.Status400BadRequest, first.Key, first.Value);
        var page = await caseload.ListAsync(query, http.RequestAborted);
        return Results.Ok(
            new CaseListDocument(page.Cases, page.Continuation is { } row ? Base64Url.EncodeToString(Encoding.UTF8.GetBytes(row)) : null));
    }

    private static async Task<IResult> GetAsync(
        HttpContext http,
        string reference,
        CaseCommands commands,
        CaseDocuments documents,
        [FromHeader(Name = "If-None-Match"), Description("The ETag of an answer that you have: 304 if it is still so")] string? seen = null) =>
        await OpenAsync(http, reference, commands) is { } view
            ? new CaseAnswer(documents.Of(view))
            : ApiProblem.Of(StatusCodes.Status404NotFound);

    private static async Task<IResult> EventsAsync(
        HttpContext http,
        string reference,
        CaseCommands commands,
        CaseHistory record,
        [FromQuery, Description("The sequence of the last event that you have; 0 where not given")] string? after = null,
        [FromQuery, Description("How many, 1 to 500; 100 where not given")] string? take = null)
    {
        var errors = new Dictionary<string, string>();
        var from = Number(nameof(after), after, 0, 0, int.MaxValue, errors);
        var most = Number(nameof(take), take, 100, 1, MaxEvents, errors);
        if (errors.FirstOrDefault() is { Key: not null } first)
            return ApiProblem.OfField(StatusCodes.Status400BadRequest, first.Key, first.Value);
        if (await OpenAsync(http, reference, commands) is not { ShowsReferral: true } view)
            return ApiProblem.Of(StatusCodes.Status404NotFound);
        var page = await record.AfterAsync(view, from, most, http.RequestAborted);
        long? next = page.Events is [.., { Sequence: var last }] && last < page.Length ? last : null;
        return Results.Ok(new EventListDocument([.. page.Events.Select(EventDocument.Of)], next));
    }

    /// <summary>The case as this person may read it; null where there is none that is theirs to read.</summary>
    internal static async Task<CaseView?> OpenAsync(HttpContext http, string reference, CaseCommands commands) =>
        CaseReference.TryParse(reference, out var parsed) ? await commands.OpenAsync(http.Person(), parsed, http.RequestAborted) : null;

    private static T? Choice<T>(string field, string? text, Dictionary<string, string> errors)
        where T : struct, Enum
    {
        if (text is null) return null;
        if (char.IsAsciiLetter(text.FirstOrDefault()) && !text.Contains(',') && Enum.TryParse<T>(text, ignoreCase: true, out var value))
            return value;
        errors[field] = $"Use one of: {string.Join(", ", Enum.GetNames<T>())}";
        return null;
    }

    private static int Number(string field, string? text, int otherwise, int least, int most, Dictionary<string, string> errors)
    {
        if (text is null) return otherwise;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
            return number;
        errors[field] = $"Use a whole number from {least:N0} to {most:N0}";
        return otherwise;
    }

    private static string? ReadContinuation(string text)
    {
        if (text.Length > 200 || !Base64Url.IsValid(text)) return null;
        var row = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text));
        return Row().IsMatch(row) ? row : null;
    }

    [GeneratedRegex("^(live|ended)-[0-9A-Za-z:.-]{1,100}$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Row();
}

/// <summary>A page of cases.</summary>
/// <param name="Continuation">What <c>after</c> is for the next page; absent on the last.</param>
public sealed record CaseListDocument(IReadOnlyList<CaseSummary> Cases, string? Continuation);

/// <summary>A page of events.</summary>
/// <param name="Next">What <c>after</c> is for the next page; absent on the last.</param>
public sealed record EventListDocument(IReadOnlyList<EventDocument> Events, long? Next);
