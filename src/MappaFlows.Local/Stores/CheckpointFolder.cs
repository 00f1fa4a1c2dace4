using System.Security.Cryptography;
using System.Text;
using Azure.Data.Tables;

namespace MappaFlows.Local.Stores;

/// <summary>
/// The folder of a store's checkpoints. A data folder may be used with one store today and another tomorrow, but checkpoints are of one
/// store: each has its own folder.
/// </summary>
internal static class CheckpointFolder
{
    private const string Name = "audit";

    public static string Of(LocalOptions options) => Path.Combine(options.Data, options.Store.ToLowerInvariant() switch
    {
        LocalOptions.Sqlite => Name,
        LocalOptions.Azurite => $"{Name}-{LocalOptions.Azurite}",
        _ => $"{Name}-{Fingerprint(options.Store)}",
    });

    /// <summary>Of the address alone: keys and signatures are secrets, and change while the store stays the same.</summary>
    private static string Fingerprint(string store)
    {
        var endpoint = Uri.TryCreate(store, UriKind.Absolute, out var given) && given.Scheme is "https" or "http"
            ? given
            : new TableServiceClient(store).Uri;
        var address = endpoint.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped).TrimEnd('/');
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(address)))[..16];
    }
}
