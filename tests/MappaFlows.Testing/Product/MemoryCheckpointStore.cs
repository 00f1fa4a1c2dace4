using System.Collections.Concurrent;
using MappaFlows.Workflows.Audit;

namespace MappaFlows.Testing.Product;

/// <summary>A vault in memory that a test can fail, and into which it can reach where nobody else could.</summary>
public sealed class MemoryCheckpointStore : ICheckpointStore
{
    /// <summary>The documents, by name.</summary>
    public ConcurrentDictionary<string, byte[]> Documents { get; } = new();

    /// <summary>What happens just before the next document is put, once; null for nothing.</summary>
    public Func<Task>? BeforeNextPut { get; set; }

    /// <summary>Whether a put fails after it was done, so that the caller cannot know.</summary>
    public bool LosesAnswers { get; set; }

    public async Task<bool> TryPutAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken = default)
    {
        if (BeforeNextPut is { } happens)
        {
            BeforeNextPut = null;
            await happens();
        }

        var isNew = Documents.TryAdd(name, content.ToArray());
        return LosesAnswers ? throw new IOException("A planned fault: the answer was lost.") : isNew;
    }

    public async Task<byte[]?> ReadAsync(string name, CancellationToken cancellationToken = default)
    {
        await Task.Yield();
        return Documents.GetValueOrDefault(name);
    }

    public IAsyncEnumerable<string> NamesAsync(CancellationToken cancellationToken = default) =>
        Documents.Keys.Order(StringComparer.Ordinal).ToAsyncEnumerable();
}
