using System.Text;
using System.Text.Json;
using MappaFlows.Tables;

namespace MappaFlows.Workflows.Storage;

/// <summary>Rows that hold something other than what the product wrote: someone changed them, or the store lost a part of them.</summary>
public static class Unreadable
{
    /// <summary>Whether reading failed because of what is stored, and not because the store could not be asked.</summary>
    public static bool Is(Exception exception) => exception is not ObjectDisposedException && exception
        is KeyNotFoundException or InvalidCastException or FormatException or OverflowException or ArgumentException or NullReferenceException
            or InvalidDataException or InvalidOperationException or JsonException or NotSupportedException or IndexOutOfRangeException
            or DecoderFallbackException or TableFileException;

    /// <summary>The value of a row; default where it cannot be read.</summary>
    public static bool TryRead<T>(Entity entity, Func<Entity, T> read, out T value)
    {
        try
        {
            value = read(entity);
            return value is not null;
        }
        catch (Exception exception) when (Is(exception))
        {
            value = default!;
            return false;
        }
    }
}
