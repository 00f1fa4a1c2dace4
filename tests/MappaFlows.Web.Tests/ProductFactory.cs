using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MappaFlows.Local;
using MappaFlows.Tables;
using MappaFlows.Web.Tests.Api;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace MappaFlows.Web.Tests;

/// <summary>
/// The whole product as it runs on one machine, in this process: a real server on a free loopback port, a store in a folder of its own, a
/// clock that can be moved. As a class fixture, or one for a test:
/// <c>await using var product = await new ProductFactory().StartAsync()</c>.
/// </summary>
/// <example><code>
/// var casey = await product.SignInAsync("casey-coordinator");
/// var page = await casey.OpenAsync("/cases/MF-…/screening");
/// var answer = await casey.SubmitAsync(page, ("Input.Outcome", "Refuse"), ("Input.Reasons", ""));
/// Assert.Equal(422, answer.Status);
/// Assert.Equal(["Enter the reasons"], answer.Errors);
/// </code></example>
public sealed class ProductFactory : IAsyncLifetime
{
    private readonly string _data = Directory.CreateTempSubdirectory("mappaflows-product-").FullName;
    private SqliteTableStore? _store;
    private WebApplication? _app;

    public string Environment { get; init; } = "Development";

    public DemoSize Demo { get; init; } = DemoSize.None;

    /// <summary>Settings in place of the usual ones.</summary>
    public Dictionary<string, string?> Settings { get; init; } = [];

    /// <summary>Services in place of the usual ones.</summary>
    public Action<IServiceCollection>? Replace { get; init; }

    /// <summary>Whether it is asked over https, with a certificate of its own.</summary>
    public bool IsHttps { get; init; }

    /// <summary>What else the host is given.</summary>
    public Action<ILoggingBuilder>? Log { get; init; }

    /// <summary>A store in place of the usual one, which it is given.</summary>
    public Func<ITableStore, ITableStore>? ReplaceStore { get; init; }

    /// <summary>The folder that keeps everything.</summary>
    public string DataFolder => _data;

    public Uri Address => new(App.Urls.First());

    public IServiceProvider Services => App.Services;

    public MovableClock Clock => Services.GetRequiredService<MovableClock>();

    public DateTimeOffset Now => Clock.GetUtcNow();

    private WebApplication App => _app ?? throw new InvalidOperationException("The product has not been started.");

    public async Task<ProductFactory> StartAsync()
    {
        await InitializeAsync();
        return this;
    }

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateBuilder(
            new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory, EnvironmentName = Environment });
        builder.Configuration.AddInMemoryCollection(Settings);
        builder.Logging.ClearProviders();
        Log?.Invoke(builder.Logging);
        if (IsHttps)
        {
            builder.WebHost.ConfigureKestrel(kestrel =>
                kestrel.ConfigureHttpsDefaults(https => https.ServerCertificate = TestCertificate.Value));
        }

        _store = new SqliteTableStore(Path.Combine(_data, "mappaflows.db"));
        var address = IsHttps ? "https://127.0.0.1:0" : "http://127.0.0.1:0";
        var options = new LocalOptions(address, _data, LocalOptions.Sqlite, Demo, Backup: null);
        LocalStartup.Add(builder, options, ReplaceStore?.Invoke(_store) ?? _store);
        Replace?.Invoke(builder.Services);
        _app = builder.Build();
        LocalStartup.Use(_app);
        await _app.StartAsync();
        Services.GetRequiredService<ProductOptions>().PublicUrl = Address.ToString().TrimEnd('/');
    }

    private static readonly Lazy<X509Certificate2> TestCertificate = new(() =>
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256);
        using var made = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pfx), password: null);
    });

    /// <summary>Ends it and starts it on the same store, as after a power cut. It listens somewhere else then.</summary>
    public async Task RestartAsync()
    {
        await StopAsync();
        await InitializeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Directory.Delete(_data, recursive: true);
    }

    private async Task StopAsync()
    {
        if (_app is not null) await _app.DisposeAsync();
        if (_store is not null) await _store.DisposeAsync();
    }

    /// <summary>A browser in which nobody is signed in.</summary>
    public Browser NewBrowser() => new(Address);

    /// <summary>A browser in which this person is signed in, through the sign-in page.</summary>
    public async Task<Browser> SignInAsync(string personId)
    {
        var browser = NewBrowser();
        var page = await browser.OpenAsync("/sign-in");
        var answer = await browser.SubmitAsync(page, ("PersonId", personId));
        Assert.Equal(303, answer.Status);
        return browser;
    }

    /// <inheritdoc cref="SignInAsync(string)"/>
    public Task<Browser> SignInAsync(Person person) => SignInAsync(person.Id);

    /// <summary>A program that names this person with every request; each answer is held against its description.</summary>
    public HttpClient Api(string? personId)
    {
        var client = new HttpClient(new ApiContract(Address)) { BaseAddress = Address };
        if (personId is not null) client.DefaultRequestHeaders.Add(LocalSignIn.PersonHeader, personId);
        return client;
    }

    /// <summary>Moves the clock forward; everything that came due has run when this completes.</summary>
    public async Task<TimeMove> MoveAsync(TimeSpan by)
    {
        var move = await Services.GetRequiredService<TimeMachine>().MoveToAsync(Now + by);
        Assert.True(move.IsWhole);
        return move;
    }

    /// <summary>Emails to this address or from everywhere, the newest first.</summary>
    public async Task<IReadOnlyList<DeliveredEmail>> MailAsync(string? to = null)
    {
        var page = await Services.GetRequiredService<LocalMailbox>().ListAsync(1000);
        return [.. page.Emails.Where(mail => to is null || mail.Email.To == to)];
    }
}
