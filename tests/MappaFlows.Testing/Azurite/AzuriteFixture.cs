using MappaFlows.Local.Azurite;

namespace MappaFlows.Testing.Azurite;

/// <summary>One Azurite for a test assembly, with a folder of its own, both gone at the end. Tests keep apart by the names of their tables.</summary>
public sealed class AzuriteFixture : IAsyncLifetime
{
    private readonly string data = Directory.CreateTempSubdirectory("mappaflows-azurite-").FullName;
    private AzuriteServer? server;

    public string ConnectionString => server?.ConnectionString ?? throw new InvalidOperationException("Azurite has not been started.");

    public async ValueTask InitializeAsync() => server = await AzuriteServer.StartAsync(PackageFolder(), data);

    public async ValueTask DisposeAsync()
    {
        if (server is not null)
            await server.DisposeAsync();
        Directory.Delete(data, recursive: true);
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
