using MappaFlows.Functions.Orchestration;
using MappaFlows.Functions.Telemetry;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace MappaFlows.Functions.Site;

/// <summary>
/// Every request for a page, a file or the API. <c>/admin</c> and <c>/runtime</c> are the host's own: no page of ours lives there.
/// </summary>
public sealed class SiteFunction(InnerPipeline pipeline, DurableClientHolder clients)
{
    [Function("Site")]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "post", "head", "put", "delete", "options", "patch", Route = "{*path}")] HttpRequest request,
        [DurableClient] DurableTaskClient client)
    {
        clients.Keep(client);
        await RedactedException.WrapAsync(() => pipeline.RunAsync(request.HttpContext));

        // The pipeline has written the answer; the worker must add nothing.
        return new EmptyResult();
    }
}
