using MappaFlows.Local.Azurite;

namespace MappaFlows.Testing.Azurite;

/// <summary>
/// One Azurite for a test assembly, with a folder of its own, both gone at the end. Tests keep apart by the names of their tables.
/// </summary>
public sealed class AzuriteFixture : IAsyncLifetime
{
    private readonly string _data = Directory.CreateTempSubdirectory("mappaflows-azurite-").FullName;
    private AzuriteServer? _server;

    public string ConnectionString => _server?.ConnectionString ?? throw new InvalidOperationException("Azurite has not been started.");

    public async ValueTask InitializeAsync() => _server = await AzuriteServer.StartAsync(PackageFolder(), _data);

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
            await _server.DisposeAsync();
        Directory.Delete(_data, recursive: true);
    }

    internal static string PackageFolder()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var package = Path.Combine(folder.FullName, "src", "MappaFlows.Local", "Azurite");
            if (File.Exists(Path.Combine(package, "package-lock.json")))
                return package;
        }
        throw new InvalidOperationException("The tests must run from inside the repository: Azurite's lock file is in src/MappaFlows.Local/Azurite.");
    }
}
