using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace MappaFlows.Web.Api;

/// <summary>The header by which a caller says which state of the case a command is for; a command for an older one is not done.</summary>
internal static class IfMatch
{
    public const string Header = "If-Match";

    /// <summary>No case has this version, so that only a command that was done before is answered.</summary>
    public const long NoVersion = 0;

    public static IResult Invalid =>
        ApiProblem.OfField(StatusCodes.Status400BadRequest, Header, "Use the ETag of an answer, with its quotation marks, or *");

    public static bool TryParse(string header, [NotNullWhen(true)] out IList<EntityTagHeaderValue>? known) =>
        EntityTagHeaderValue.TryParseStrictList([header], out known) && known.Count > 0;
}
