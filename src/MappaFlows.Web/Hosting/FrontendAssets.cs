using System.Collections.Frozen;
using System.IO.Compression;
using System.Text.Json;
using Microsoft.AspNetCore.StaticFiles;

namespace MappaFlows.Web.Hosting;

/// <summary>The styles, scripts and pictures that were built into this assembly. Their names carry the hash of their content.</summary>
public sealed class FrontendAssets
{
    /// <summary>The path below which they are served.</summary>
    public const string Folder = Routes.Assets;

    private const string ResourcePrefix = "frontend/";

    private readonly FrozenDictionary<string, string> _hashedNames;
    private readonly FrozenDictionary<string, Asset> _assets;

    /// <summary>Reads the manifest and every file from the assembly.</summary>
    public FrontendAssets()
    {
        _hashedNames = JsonSerializer.Deserialize<Dictionary<string, string>>(Read("manifest.json"))!.ToFrozenDictionary();
        var types = new FileExtensionContentTypeProvider();
        _assets = _hashedNames.Values.ToFrozenDictionary(
            name => name,
            name => new Asset(Read(name), types.TryGetContentType(name, out var type) ? type : "application/octet-stream"));
    }

    /// <summary>The address of a file, relative to the application, for example "/assets/app.1A2B3C4D.css" for "app.css".</summary>
    /// <exception cref="KeyNotFoundException">No such file was built.</exception>
    public string Path(string name) =>
        _hashedNames.TryGetValue(name, out var hashed)
            ? $"{Folder}/{hashed}"
            : throw new KeyNotFoundException($"'{name}' is not among the built files: {string.Join(", ", _hashedNames.Keys.Order())}.");

    internal Asset? Find(string hashedName) => _assets.GetValueOrDefault(hashedName);

    private static byte[] Read(string name)
    {
        using var resource = typeof(FrontendAssets).Assembly.GetManifestResourceStream(ResourcePrefix + name)
            ?? throw new InvalidOperationException($"The assembly was built without '{name}'. Build MappaFlows.Web again.");
        var content = new byte[resource.Length];
        resource.ReadExactly(content);
        return content;
    }

    /// <summary>A file, as it is and compressed; compressed when first asked for, because most hosts start often and serve few.</summary>
    internal sealed class Asset(byte[] content, string contentType)
    {
        private readonly Lazy<byte[]> _compressed = new(() => Compress(content));

        public string ContentType { get; } = contentType.StartsWith("text/", StringComparison.Ordinal) ? $"{contentType}; charset=utf-8" : contentType;

        public ReadOnlyMemory<byte> Content => content;

        public ReadOnlyMemory<byte> Compressed => _compressed.Value;

        private static byte[] Compress(byte[] content)
        {
            using var buffer = new MemoryStream();
            using (var gzip = new GZipStream(buffer, CompressionLevel.SmallestSize, leaveOpen: true))
                gzip.Write(content);
            return buffer.ToArray();
        }
    }
}
