using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;

namespace MappaFlows.Web.Pages.Referrals;

/// <summary>Referring a person.</summary>
internal static class ReferralEndpoints
{
    public static void Map(CaseCommandEndpoints api) => api.Group.MapPost("/referrals", SubmitAsync)
        .WithName("SubmitReferral")
        .WithSummary("Refers a person and so opens a case")
        .WithDescription("The header Idempotency-Key names this one referral: the same key from the same person is always the same case.")
        .WithMetadata(new CommandMetadata(typeof(SubmitReferral)))
        .Accepts<Referral>("application/json")
        .Produces<CaseDocument>(StatusCodes.Status201Created)
        .Produces<CaseDocument>()
        .Produces(StatusCodes.Status204NoContent)
        .ProducesProblems(
            StatusCodes.Status400BadRequest,
            StatusCodes.Status403Forbidden,
            StatusCodes.Status404NotFound,
            StatusCodes.Status409Conflict,
            StatusCodes.Status413PayloadTooLarge,
            StatusCodes.Status415UnsupportedMediaType,
            StatusCodes.Status422UnprocessableEntity);

    private static async Task<IResult> SubmitAsync(
        HttpContext http,
        CaseCommands commands,
        CaseDocuments documents,
        IOptions<ApiOptions> options,
        [FromHeader(Name = IdempotencyKey.Header)] string? key = null)
    {
        if (key is null) return IdempotencyKey.Missing;
        if (!IdempotencyKey.IsValid(key)) return IdempotencyKey.Invalid;
        var body = await ApiBody<Referral>.ReadAsync(http.Request, options.Value.MaxBodyBytes);
        if (!body.IsRead(out var referral)) return body.Problem!;

        var person = http.Person();
        var reference = CaseReference.For(person.Id, key);
        switch (await commands.ExecuteAsync(person, reference, new SubmitReferral(reference, referral), key, http.RequestAborted))
        {
            case CommandResult.Refused refused:
                return ApiProblem.Of(refused, JsonFields.OfProperty);
            case CommandResult.Done done:
                // It is done. A right that was taken away at this moment leaves nothing to show.
                if (done.Now is not { } now) return Results.NoContent();
                return new CaseAnswer(documents.Of(now)) { CreatedAt = done.WasDoneBefore ? null : Routes.ApiCase(reference) };
            case var other:
                throw new InvalidOperationException($"{other.GetType().Name} is no result of a command.");
        }
    }
}
