namespace MappaFlows.Local.Tests;

/// <summary>A folder for a product's data, gone afterwards.</summary>
public sealed class DataFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("mappaflows-local-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
