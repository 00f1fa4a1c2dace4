using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace MappaFlows.Functions.Site;

/// <summary>
/// The site's own ASP.NET Core pipeline, run inside a function. Built once over the worker's services; each request runs it with the
/// real <see cref="HttpContext"/>.
/// </summary>
public sealed class InnerPipeline
{
    private readonly RequestDelegate _pipeline;
    private readonly IHttpContextAccessor? _accessor;

    /// <param name="services">The worker's services. The site's must be among them.</param>
    /// <param name="configure">The site's middleware and endpoints, as on Kestrel.</param>
    public InnerPipeline(IServiceProvider services, Action<IApplicationBuilder> configure)
    {
        var app = new ApplicationBuilder(services);
        configure(app);
        _pipeline = app.Build();
        _accessor = services.GetService(typeof(IHttpContextAccessor)) as IHttpContextAccessor;
    }

    public async Task RunAsync(HttpContext context)
    {
        // The worker matched the request to its own catch-all endpoint. Left in place, that endpoint is taken for the site's
        // and every request fails; its route values would be bound to pages.
        context.SetEndpoint(null);
        context.Request.RouteValues.Clear();

        if (_accessor is null)
        {
            await _pipeline(context);
            return;
        }

        // The worker runs a function on another flow than the request, so the accessor is empty here.
        _accessor.HttpContext = context;
        try
        {
            await _pipeline(context);
        }
        finally
        {
            _accessor.HttpContext = null;
        }
    }
}
