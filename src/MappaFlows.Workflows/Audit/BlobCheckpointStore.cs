using System.Runtime.CompilerServices;
using Azure;
using Azure.Identity;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;

namespace MappaFlows.Workflows.Audit;

/// <summary>
/// Checkpoints as blobs of one container, whose immutability policy keeps them from being changed or deleted by anyone. A put is one
/// conditional request, so of two hosts that write a name at the same time only one succeeds.
/// </summary>
public sealed class BlobCheckpointStore : ICheckpointStore
{
    private readonly BlobContainerClient _container;

    private BlobCheckpointStore(BlobContainerClient container) => _container = container;

    /// <summary>Opens a container without asking it anything.</summary>
    /// <param name="account">
    /// An account's https blob endpoint, which is asked as the identity that Azure's default credential finds; or a connection string, as
    /// Azurite has.
    /// </param>
    /// <param name="container">
    /// The container's name. Where there is none it is made when the first document is put; a deployment has made it with its policy.
    /// </param>
    /// <exception cref="ArgumentException">
    /// <paramref name="account"/> is neither. The message does not repeat it: it can hold a key.
    /// </exception>
    public static BlobCheckpointStore Open(string account, string container)
    {
        if (Uri.TryCreate(account, UriKind.Absolute, out var endpoint) && endpoint.Scheme == Uri.UriSchemeHttps)
            return new(new BlobServiceClient(endpoint, new DefaultAzureCredential()).GetBlobContainerClient(container));
        try
        {
            if (account.Contains('=', StringComparison.Ordinal)) return new(new BlobContainerClient(account, container));
        }
        catch (Exception exception) when (exception is FormatException or InvalidOperationException or ArgumentException)
        {
            // Said below, without a word of what may be a secret.
        }

        throw new ArgumentException("A checkpoint store is an https address such as https://account.blob.core.windows.net, or a storage connection string.", nameof(account));
    }

    public async Task<bool> TryPutAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken = default)
    {
        try
        {
            await PutAsync(name, content, cancellationToken);
            return true;
        }
        catch (RequestFailedException exception) when (IsTaken(exception))
        {
            return false;
        }
    }

    public async Task<byte[]?> ReadAsync(string name, CancellationToken cancellationToken = default)
    {
        try
        {
            var blob = await _container.GetBlobClient(name).DownloadContentAsync(cancellationToken);
            return blob.Value.Content.ToArray();
        }
        catch (RequestFailedException exception) when (exception.Status == 404)
        {
            return null;
        }
    }

    public async IAsyncEnumerable<string> NamesAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await using var blobs = _container.GetBlobsAsync(cancellationToken: cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (await MoveAsync(blobs)) yield return blobs.Current.Name;
    }

    private async Task PutAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        var options = new BlobUploadOptions
        {
            Conditions = new() { IfNoneMatch = ETag.All },
            HttpHeaders = new() { ContentType = "application/jsonl" },
        };
        try
        {
            await _container.GetBlobClient(name).UploadAsync(new BinaryData(content), options, cancellationToken);
        }
        catch (RequestFailedException exception) when (exception.ErrorCode == BlobErrorCode.ContainerNotFound)
        {
            await _container.CreateIfNotExistsAsync(cancellationToken: cancellationToken);
            await _container.GetBlobClient(name).UploadAsync(new BinaryData(content), options, cancellationToken);
        }
    }

    /// <summary>A container that is not there has no blobs.</summary>
    private static async Task<bool> MoveAsync(IAsyncEnumerator<BlobItem> blobs)
    {
        try
        {
            return await blobs.MoveNextAsync();
        }
        catch (RequestFailedException exception) when (exception.ErrorCode == BlobErrorCode.ContainerNotFound)
        {
            return false;
        }
    }

    /// <summary>The condition was not met, or the policy already holds the blob of this name.</summary>
    private static bool IsTaken(RequestFailedException exception) =>
        exception.ErrorCode == BlobErrorCode.BlobAlreadyExists
        || exception.ErrorCode == BlobErrorCode.ConditionNotMet
        || exception.ErrorCode == BlobErrorCode.BlobImmutableDueToPolicy;
}
