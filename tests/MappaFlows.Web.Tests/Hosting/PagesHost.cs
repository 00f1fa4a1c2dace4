using System.Security.Claims;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace MappaFlows.Web.Tests.Hosting;

/// <summary>The shell on a real server on a free loopback port, with a few endpoints that misbehave in known ways.</summary>
public sealed class PagesHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private PagesHost(WebApplication app)
    {
        _app = app;
        Client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(app.Urls.Single()) };
    }

    /// <summary>A browser with cookies, but without scripts.</summary>
    public HttpClient Client { get; }

    public Uri Address => Client.BaseAddress!;

    public static async Task<PagesHost> StartAsync(
        string environment = "Development",
        ClaimsPrincipal? user = null,
        Action<IServiceCollection>? services = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = environment });
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddMappaFlowsPages(shell =>
        {
            shell.Navigation.Add(new NavigationSection("Cases", "/cases"));
            shell.Navigation.Add(new NavigationSection("Styles", "/dev/styles"));
            shell.Navigation.Add(new NavigationSection("Schemes", "/schemes", person => person.IsInRole("Administrator")));
        });
        // Keys of these tests' cookies live no longer than the process.
        builder.Services.AddDataProtection().UseEphemeralDataProtectionProvider();
        builder.Services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie();
        services?.Invoke(builder.Services);

        var app = builder.Build();
        app.UseMappaFlowsPages();
        app.Use((context, next) =>
        {
            context.User = user ?? context.User;
            return next(context);
        });
        app.MapRazorPages();
        app.Map("/fails", void () => throw new InvalidOperationException("a secret detail"));
        app.Map("/status/{code:int}", (int code) => Results.StatusCode(code));
        app.MapGet("/only-get", () => "got");
        app.MapPost("/reads", async (HttpContext context) =>
        {
            using var reader = new StreamReader(context.Request.Body);
            return (await reader.ReadToEndAsync()).Length;
        });
        app.Map("/api/v1/fails", () => Results.StatusCode(StatusCodes.Status409Conflict));
        await app.StartAsync();
        return new PagesHost(app);
    }

    public static ClaimsPrincipal Person(string name, string role, string area) => new(new ClaimsIdentity(
        [new(ClaimTypes.Name, name), new(ClaimTypes.Role, role), new(ClaimsPersonDisplay.AreaClaim, area)],
        authenticationType: "test"));

    public async Task<IHtmlDocument> PageAsync(string path) => await ParseAsync(await Client.GetAsync(path));

    /// <summary>Posts the page's form with the given answers in place of its own, as a browser would.</summary>
    public async Task<IHtmlDocument> PostAsync(string path, params (string Name, string Value)[] answers)
    {
        var page = await PageAsync(path);
        var token = page.QuerySelector<IHtmlInputElement>("main input[name=__RequestVerificationToken]")!.Value;
        var form = answers.Append(("__RequestVerificationToken", token)).Select(answer => KeyValuePair.Create(answer.Item1, answer.Item2));
        return await ParseAsync(await Client.PostAsync(path, new FormUrlEncodedContent(form)));
    }

    public static async Task<IHtmlDocument> ParseAsync(HttpResponseMessage response) =>
        new HtmlParser().ParseDocument(await response.Content.ReadAsStringAsync());

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
    }
}
