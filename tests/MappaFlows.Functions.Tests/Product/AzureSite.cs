using MappaFlows.Core.Cases;
using MappaFlows.DurableTask.Contract;
using MappaFlows.DurableTask.Contract.Microsoft;
using MappaFlows.Functions.Identity;
using MappaFlows.Functions.Orchestration;
using MappaFlows.Functions.Site;
using MappaFlows.Testing.Product;
using MappaFlows.Workflows.Email;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace MappaFlows.Functions.Tests.Product;

/// <summary>
/// The whole Azure product but for the Functions host: its own container, its site function behind a real Kestrel, orchestrations on
/// Microsoft's engine, tables in Azurite, and a carrier that keeps every email.
/// </summary>
public sealed class AzureSite : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly IDurableTaskEngine _engine;
    private readonly WebApplication _kestrel;

    private AzureSite(ServiceProvider services, IDurableTaskEngine engine, WebApplication kestrel) =>
        (_services, _engine, _kestrel) = (services, engine, kestrel);

    public SentEmails Emails => _services.GetRequiredService<SentEmails>();

    public RecordedLog Log => _services.GetRequiredService<RecordedLog>();

    public ShiftedClock Clock => (ShiftedClock)_services.GetRequiredService<TimeProvider>();

    public DurableTaskClient Orchestrations => _engine.Client;

    public T Get<T>() where T : notnull => _services.GetRequiredService<T>();

    /// <param name="store">
    /// The connection string of the account with the tables of the records, and with the blobs of their anchors where those are opened.
    /// </param>
    /// <param name="engineStorage">That of the account on which the engine keeps its state; in memory where there is none.</param>
    public static async Task<AzureSite> StartAsync(string store, string? engineStorage = null)
    {
        var services = Services(store);
        var engine = engineStorage is null
            ? await InProcessEngine.StartAsync(ProductTasks.Of(services))
            : await AzureStorageEngine.StartAsync(ProductTasks.Of(services), engineStorage);

        // What any function would have done before it leads to our code.
        services.GetRequiredService<DurableClientHolder>().Keep(engine.Client);
        return new AzureSite(services, engine, await ServeAsync(services, engine));
    }

    public Uri Address => new(_kestrel.Urls.Single());

    /// <summary>A browser, or a program, in which the platform has signed this person in just now.</summary>
    public Visitor As(string id, params string[] appRoles) => new(Address, id, appRoles);

    /// <summary>Nobody's.</summary>
    public HttpClient Stranger() => new(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = Address };

    public async ValueTask DisposeAsync()
    {
        await _kestrel.DisposeAsync();
        await _engine.DisposeAsync();
        await _services.DisposeAsync();
    }

    private static ServiceProvider Services(string store)
    {
        var builder = FunctionsApplication.CreateBuilder([]);
        builder.ConfigureFunctionsWebApplication();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Store"] = store,
            ["Audit:Store"] = store,
            ["Audit:Container"] = "audit-heads",
            ["Site:PublicUrl"] = "https://mappaflows.example",
            ["Email:Sender"] = "do-not-reply@mail.example",
            ["Email:InWorkingHours"] = "false",
            ["Logging:LogLevel:Default"] = "Trace",
        });
        builder.Services.AddSingleton<TimeProvider>(new ShiftedClock());
        builder.Services.AddAzureProduct(builder.Configuration);

        builder.Services.AddSingleton<SentEmails>();
        builder.Services.AddSingleton<IEmailTransport>(provider => provider.GetRequiredService<SentEmails>());
        builder.Services.PostConfigure<EasyAuthOptions>(EasyAuthHandler.SchemeName, options => options.PlatformIsOn = true);
        var log = new RecordedLog();
        builder.Services.AddSingleton(log);
        builder.Logging.AddProvider(log);
        return builder.Services.BuildServiceProvider(new ServiceProviderOptions { ValidateScopes = true });
    }

    /// <summary>Serves requests as the worker does: its own catch-all endpoint, the worker's services, another flow.</summary>
    private static async Task<WebApplication> ServeAsync(IServiceProvider services, IDurableTaskEngine engine)
    {
        var builder = WebApplication.CreateBuilder();

        // In the worker the server and the product are one host with one log.
        builder.Services.AddSingleton(services.GetRequiredService<ILoggerFactory>());
        builder.WebHost.UseSetting("urls", "http://127.0.0.1:0");
        var kestrel = builder.Build();
        kestrel.Map("{*path}", ServeOneAsync);
        await kestrel.StartAsync(TestContext.Current.CancellationToken);
        return kestrel;

        async Task ServeOneAsync(HttpContext context)
        {
            await using var scope = services.CreateAsyncScope();
            context.Features.Set<IServiceProvidersFeature>(
                new RequestServicesFeature(context, null) { RequestServices = scope.ServiceProvider });
            var function = ActivatorUtilities.CreateInstance<SiteFunction>(scope.ServiceProvider);
            Task inner;
            using (ExecutionContext.SuppressFlow())
                inner = Task.Run(() => function.RunAsync(context.Request, engine.Client));
            await inner;
        }
    }
}

/// <summary>The product's clock, which can run behind the engine's: so a day passes in a moment.</summary>
public sealed class ShiftedClock : TimeProvider
{
    public TimeSpan Behind { get; set; }

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() - Behind;
}
