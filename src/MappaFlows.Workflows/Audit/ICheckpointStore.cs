namespace MappaFlows.Workflows.Audit;

/// <summary>
/// Where checkpoints are kept: documents that are put once and never changed. Who can write to the case tables should have no way to change
/// what is here; on Azure a container's immutability policy sees to that.
/// </summary>
public interface ICheckpointStore
{
    /// <summary>Puts a document, durably and whole, unless one of this name is there: that one then stays as it is.</summary>
    /// <param name="name">Letters, digits, hyphens and dots; not beginning with a dot.</param>
    /// <returns>Whether it was put; false where the name was taken, be it by an earlier try of the same.</returns>
    Task<bool> TryPutAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken = default);

    /// <summary>The document, or null where there is none of this name.</summary>
    Task<byte[]?> ReadAsync(string name, CancellationToken cancellationToken = default);

    /// <summary>The names of all documents, in ordinal order.</summary>
    IAsyncEnumerable<string> NamesAsync(CancellationToken cancellationToken = default);
}
