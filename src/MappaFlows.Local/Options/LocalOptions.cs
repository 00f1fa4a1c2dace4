using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace MappaFlows.Local.Options;

/// <summary>
/// How the product runs on one machine, from the command line, environment variables (<c>MappaFlows__Data</c>) and appsettings.json.
/// </summary>
/// <param name="Urls">Where it listens; separated by semicolons.</param>
/// <param name="Data">The folder that keeps everything.</param>
/// <param name="Store"><c>sqlite</c>, <c>azurite</c>, a connection string, or the address of a table endpoint.</param>
/// <param name="Demo">What an empty store is given.</param>
/// <param name="AcceptStore">Why a store that lost data, or a restored backup, is accepted as it is; null where it is not.</param>
/// <param name="Backup">The file to copy the store to instead of running; null to run.</param>
public sealed record LocalOptions(string Urls, string Data, string Store, DemoSize Demo, string? Backup, string? AcceptStore = null)
{
    public const string DefaultUrls = "http://127.0.0.1:7071";
    public const string Sqlite = "sqlite";
    public const string Azurite = "azurite";
    private const string AnyHost = "any";

    /// <summary>Reads the options.</summary>
    /// <exception cref="OptionException">One has a value that cannot be.</exception>
    public static LocalOptions From(IConfiguration configuration)
    {
        var section = configuration.GetSection("MappaFlows");
        var demo = section["Demo"] ?? nameof(DemoSize.Small);
        if (!Enum.TryParse<DemoSize>(demo, ignoreCase: true, out var size) || !Enum.IsDefined(size))
            throw new OptionException($"--demo is '{demo}': use none or small.");
        var urls = configuration["Urls"] is { Length: > 0 } given ? given : DefaultUrls;
        var each = urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        urls = string.Join(';', each.Select(url => url.TrimEnd('/')));
        foreach (var url in urls.Split(';'))
        {
            if (!Uri.TryCreate(url.Replace("://*", "://any", StringComparison.Ordinal).Replace("://+", "://any", StringComparison.Ordinal), UriKind.Absolute,
                out var parsed)
                || parsed.Scheme is not ("http" or "https")
                || parsed.PathAndQuery != "/")
            {
                throw new OptionException($"--urls has '{url}': use an address such as {DefaultUrls}.");
            }
        }

        var store = section["Store"] is { Length: > 0 } named ? named : Sqlite;
        var backup = section["Backup"] is { Length: > 0 } file ? Path.GetFullPath(file) : null;
        if (backup is not null && store != Sqlite) throw new OptionException("--backup copies the SQLite store: it does not go with --store.");
        return new(urls, Path.GetFullPath(section["Data"] is { Length: > 0 } data ? data : ".data"), store, size, backup,
            section["AcceptStore"] is { Length: > 0 } why ? why : null);
    }

    /// <summary>Where people on this machine reach it, as it stands in emails.</summary>
    public string PublicUrl
    {
        get
        {
            var url = Parse(Urls.Split(';')[0]);
            return url.Host is AnyHost or "0.0.0.0" or "[::]"
                ? new UriBuilder(url) { Host = "localhost" }.Uri.GetLeftPart(UriPartial.Authority)
                : url.GetLeftPart(UriPartial.Authority);
        }
    }

    /// <summary>
    /// A port 0 stands for any that is free. It is chosen before the start, because the first emails are written before the server listens.
    /// </summary>
    public LocalOptions WithOwnPorts() => this with
    {
        Urls = string.Join(';', Urls.Split(';').Select(url => Parse(url) is { Port: 0 }
            ? string.Create(CultureInfo.InvariantCulture, $"{url[..url.LastIndexOf(':')]}:{FreePort()}")
            : url)),
    };

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>An address of Kestrel; a star or a plus stands for all of the machine's.</summary>
    private static Uri Parse(string url) =>
        new(url.Replace("://*", $"://{AnyHost}", StringComparison.Ordinal).Replace("://+", $"://{AnyHost}", StringComparison.Ordinal));

    /// <summary>Addresses that other machines could reach.</summary>
    public IEnumerable<string> UrlsBeyondThisMachine => Urls.Split(';').Where(url =>
        !Uri.TryCreate(url, UriKind.Absolute, out var parsed) || !Web.Hosting.OwnMachine.IsLoopback(parsed.Host));
}

/// <summary>What an empty store is given.</summary>
public enum DemoSize
{
    /// <summary>People to sign in as, and nothing else.</summary>
    None,

    /// <summary>A dozen made-up cases, each at another stage.</summary>
    Small,
}

/// <summary>An option that cannot be, said in words for the person who gave it.</summary>
public sealed class OptionException(string message) : Exception(message);
