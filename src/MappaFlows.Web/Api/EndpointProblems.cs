using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace MappaFlows.Web.Api;

internal static class EndpointProblems
{
    /// <summary>Not signed in, the wrong method, too many requests, a fault of ours, and a store that cannot be reached.</summary>
    private static readonly int[] Everywhere =
    [
        StatusCodes.Status401Unauthorized,
        StatusCodes.Status405MethodNotAllowed,
        StatusCodes.Status429TooManyRequests,
        StatusCodes.Status500InternalServerError,
        StatusCodes.Status503ServiceUnavailable,
    ];

    /// <summary>
    /// Describes the problems that an endpoint answers with, besides those that every endpoint has.
    /// </summary>
    public static RouteHandlerBuilder ProducesProblems(this RouteHandlerBuilder endpoint, params ReadOnlySpan<int> statuses)
    {
        foreach (var status in Everywhere) endpoint.ProducesProblem(status);
        foreach (var status in statuses)
        {
            if (status is StatusCodes.Status400BadRequest or StatusCodes.Status409Conflict or StatusCodes.Status422UnprocessableEntity)
                endpoint.ProducesValidationProblem(status);
            else endpoint.ProducesProblem(status);
        }

        return endpoint;
    }
}
