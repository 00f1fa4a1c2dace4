using MappaFlows.Functions.Identity;
using MappaFlows.Functions.Site;
using MappaFlows.Tables;
using MappaFlows.Workflows;
using MappaFlows.Workflows.Email;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Moq;

namespace MappaFlows.Functions.Tests.Identity;

/// <summary>The Azure app's site behind the platform's authentication, on a store of its own. No orchestration runs.</summary>
public sealed class SiteOnly : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("mappaflows-site-").FullName;
    private SqliteTableStore? _store;
    private WebApplication? _site;

    public T Get<T>() where T : notnull => _site!.Services.GetRequiredService<T>();

    public async Task<HttpResponseMessage> GetAsync(string path, string? header)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (header is not null) request.Headers.Add(EasyAuthPrincipal.Header, header);
        using var client = new HttpClient(
            new HttpClientHandler { AllowAutoRedirect = false })
        { BaseAddress = new Uri(_site!.Urls.Single()) };
        return await client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    public async ValueTask InitializeAsync()
    {
        _store = new SqliteTableStore(Path.Combine(_folder, "site.db"));
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<ITableStore>(_store);
        builder.Services.AddSingleton(new ProductOptions { PublicUrl = "https://mappaflows.example", SenderAddress = "do-not-reply@mail.example" });
        builder.Services.AddSingleton(new Mock<DurableTaskClient>("none").Object);
        builder.Services.AddWorkflows();
        builder.Services.AddSite();
        builder.Services.PostConfigure<EasyAuthOptions>(EasyAuthHandler.SchemeName, options => options.PlatformIsOn = true);
        var site = _site = builder.Build();
        site.Run(context => site.Services.GetRequiredService<InnerPipeline>().RunAsync(context));
        await _site.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_site is not null) await _site.DisposeAsync();
        if (_store is not null) await _store.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
