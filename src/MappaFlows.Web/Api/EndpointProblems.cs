using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace MappaFlows.Web.Api;

internal static class EndpointProblems
{
    /// <summary>
    /// Describes the problems that an endpoint answers with, besides those of every endpoint: not signed in, and too many requests.
    /// </summary>
    public static RouteHandlerBuilder ProducesProblems(this RouteHandlerBuilder endpoint, params ReadOnlySpan<int> statuses)
    {
        endpoint.ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status429TooManyRequests);
        foreach (var status in statuses)
        {
            if (status is StatusCodes.Status400BadRequest or StatusCodes.Status422UnprocessableEntity)
                endpoint.ProducesValidationProblem(status);
            else endpoint.ProducesProblem(status);
        }

        return endpoint;
    }
}
