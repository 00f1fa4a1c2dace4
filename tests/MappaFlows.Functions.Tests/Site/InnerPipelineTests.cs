using MappaFlows.Functions.Site;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace MappaFlows.Functions.Tests.Site;

/// <summary>The pipeline inside a real Kestrel whose own endpoint has matched every request first, as the worker's does.</summary>
public class InnerPipelineTests
{
    [Fact]
    public async Task A_page_of_the_site_answers_though_the_worker_matched_first()
    {
        await using var host = await StartAsync(app => app.UseRouting().UseEndpoints(site => site.MapGet("/cases/{reference}", (string reference) => $"case {reference}")));

        Assert.Equal("case M-1", await GetAsync(host, "/cases/M-1"));
    }

    [Fact]
    public async Task The_workers_route_values_are_not_the_sites()
    {
        await using var host = await StartAsync(app => app.Run(context => context.Response.WriteAsync(
            $"{context.GetEndpoint() is null} {context.Request.RouteValues.Count} {context.Request.Path}")));

        Assert.Equal("True 0 /cases/M-1", await GetAsync(host, "/cases/M-1"));
    }

    [Fact]
    public async Task The_accessor_knows_the_request_that_is_running()
    {
        await using var host = await StartAsync(app => app.Run(context =>
        {
            var known = app.ApplicationServices.GetRequiredService<IHttpContextAccessor>().HttpContext;
            return context.Response.WriteAsync(ReferenceEquals(known, context).ToString());
        }));

        Assert.Equal("True", await GetAsync(host, "/"));
    }

    [Fact]
    public async Task The_pipeline_is_built_once_for_all_requests()
    {
        var built = 0;
        await using var host = await StartAsync(app =>
        {
            Interlocked.Increment(ref built);
            app.Run(context => context.Response.WriteAsync("ok"));
        });

        await GetAsync(host, "/1");
        await GetAsync(host, "/2");

        Assert.Equal(1, built);
    }

    private static async Task<string> GetAsync(WebApplication host, string path)
    {
        using var client = new HttpClient { BaseAddress = new Uri(host.Urls.Single()) };
        return await client.GetStringAsync(path, TestContext.Current.CancellationToken);
    }

    private static async Task<WebApplication> StartAsync(Action<IApplicationBuilder> configure)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseSetting("urls", "http://127.0.0.1:0");
        builder.Services.AddHttpContextAccessor();
        builder.Services.AddSingleton(services => new InnerPipeline(services, configure));

        var host = builder.Build();
        host.Map("{*path}", async context =>
        {
            // The worker runs functions on another flow: what the request's own flow carried is not there.
            Task inner;
            using (ExecutionContext.SuppressFlow())
                inner = Task.Run(() => host.Services.GetRequiredService<InnerPipeline>().RunAsync(context));
            await inner;
        });
        await host.StartAsync(TestContext.Current.CancellationToken);
        return host;
    }
}
