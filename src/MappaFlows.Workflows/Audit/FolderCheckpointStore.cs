using System.Runtime.CompilerServices;
using MappaFlows.Tables;

namespace MappaFlows.Workflows.Audit;

/// <summary>
/// Checkpoints as files of a folder, for one machine. It never overwrites one; against the owner of the machine only a copy elsewhere
/// helps.
/// </summary>
/// <param name="folder">Made when the first document is put.</param>
public sealed class FolderCheckpointStore(string folder) : ICheckpointStore
{
    /// <summary>What a name of ours never begins with: such a file was being written when a process ended.</summary>
    private const char Unfinished = '.';

    private static readonly Lock Naming = new();

    public async Task<bool> TryPutAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken = default)
    {
        var path = PathOf(name);
        if (File.Exists(path)) return false;

        OwnerOnly.Folder(folder);
        var draft = Path.Combine(folder, $"{Unfinished}{Guid.NewGuid():N}");
        try
        {
            await using (var file = new FileStream(draft, OwnerOnly.Options(FileMode.CreateNew)))
            {
                await file.WriteAsync(content, cancellationToken);
                file.Flush(flushToDisk: true);
            }

            Name(draft, path);
        }
        catch (IOException) when (File.Exists(path))
        {
            // Someone else was first with this name.
            return false;
        }
        finally
        {
            File.Delete(draft);
        }

        // Once more under its name, so that the name is on the disk too before anyone relies on it.
        await using var kept = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        kept.Flush(flushToDisk: true);
        return true;
    }

    public async Task<byte[]?> ReadAsync(string name, CancellationToken cancellationToken = default)
    {
        try
        {
            return await File.ReadAllBytesAsync(PathOf(name), cancellationToken);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    public async IAsyncEnumerable<string> NamesAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        if (!Directory.Exists(folder)) yield break;
        var names = await Task.Run(
            () => Directory.EnumerateFiles(folder)
                .Select(path => Path.GetFileName(path))
                .Where(name => name[0] != Unfinished)
                .Order(StringComparer.Ordinal)
                .ToList(),
            cancellationToken);
        foreach (var name in names) yield return name;
    }

    /// <summary>
    /// Gives a draft its name, unless there is one of that name. Outside Windows a move looks first and then overwrites, so only one at a
    /// time may do it: in this process by a lock, among processes by a file that is open to one alone.
    /// </summary>
    /// <exception cref="IOException">The name is taken, or another process is naming one at this moment.</exception>
    private void Name(string draft, string path)
    {
        lock (Naming)
        {
            using var alone = new FileStream(
                Path.Combine(folder, $"{Unfinished}lock"),
                OwnerOnly.Options(FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
            File.Move(draft, path, overwrite: false);
        }
    }

    private string PathOf(string name) =>
        name.Length > 0 && name[0] != Unfinished && Path.GetFileName(name) == name
            ? Path.Combine(folder, name)
            : throw new ArgumentException("A name of a document is no path.", nameof(name));
}
