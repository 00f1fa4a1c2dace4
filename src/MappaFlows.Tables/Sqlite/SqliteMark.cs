using System.Buffers.Binary;

namespace MappaFlows.Tables.Sqlite;

/// <summary>
/// How far a store's file has come, kept in a small file beside it, so that a file which lost its newest commits, or was replaced by an
/// older copy, does not pass for what it was. Written after each group of commits, without a sync of its own: it never says more than the
/// store has, and after the death of the process says all of it. Only after a loss of power it may be a moment behind.
/// </summary>
/// <param name="path">The mark's file.</param>
/// <param name="accept">Whether a person has accepted the file as it is: it is then marked anew.</param>
public sealed class SqliteMark(string path, bool accept = false) : IDisposable
{
    private const int SlotBytes = 16;
    private const long Check = 0x4D70466C4D61726B;

    private FileStream? _file;
    private int _slot;

    /// <summary>Whether there is a mark, of this life or of an older one.</summary>
    public bool Exists => File.Exists(path);

    /// <summary>Whether a person has accepted the store as it is.</summary>
    public bool IsAccepted => accept;

    /// <summary>The furthest that was marked; 0 where nothing was. Two places take turns, so that one is always whole.</summary>
    internal long Read()
    {
        if (accept || !Exists) return 0;
        Span<byte> bytes = stackalloc byte[2 * SlotBytes];
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        bytes = bytes[..file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)];
        var (furthest, found) = (0L, false);
        for (; bytes.Length >= SlotBytes; bytes = bytes[SlotBytes..])
        {
            var position = BinaryPrimitives.ReadInt64LittleEndian(bytes);
            if (BinaryPrimitives.ReadInt64LittleEndian(bytes[sizeof(long)..]) != (position ^ Check)) continue;
            (furthest, found) = (Math.Max(furthest, position), true);
        }

        // A mark that cannot be read says that there was a store, and nothing of how far it was.
        return found ? furthest : 1;
    }

    /// <summary>Marks how far the file has come. A mark that cannot be written stays behind, which is safe.</summary>
    internal void Write(long position)
    {
        try
        {
            _file ??= new FileStream(path, OwnerOnly.Options(FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite));
            Span<byte> bytes = stackalloc byte[SlotBytes];
            BinaryPrimitives.WriteInt64LittleEndian(bytes, position);
            BinaryPrimitives.WriteInt64LittleEndian(bytes[sizeof(long)..], position ^ Check);
            RandomAccess.Write(_file.SafeFileHandle, bytes, _slot * SlotBytes);
            _slot = 1 - _slot;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The disk is full or gone: so is the store's, and it says so.
        }
    }

    /// <summary>The first mark of this life: both places, and on the disk before anything else is written.</summary>
    internal void Begin(long position)
    {
        Write(position);
        Write(position);
        _file?.Flush(flushToDisk: true);
    }

    public void Dispose() => _file?.Dispose();
}
