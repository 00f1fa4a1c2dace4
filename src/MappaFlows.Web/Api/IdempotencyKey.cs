using Microsoft.AspNetCore.Http;

namespace MappaFlows.Web.Api;

/// <summary>The header by which a caller names one command: sent again with the same key it is done once and answered as before.</summary>
internal static class IdempotencyKey
{
    public const string Header = "Idempotency-Key";

    private const int Longest = 200;

    public static IResult Missing => ApiProblem.OfField(StatusCodes.Status400BadRequest, Header, "Send this header, with a new key for each referral");

    public static IResult Invalid =>
        ApiProblem.OfField(StatusCodes.Status400BadRequest, Header, $"Use 1 to {Longest} letters, digits and marks, without spaces");

    public static bool IsValid(string key) => key.Length is > 0 and <= Longest && key.All(character => character is > ' ' and <= '~');
}
