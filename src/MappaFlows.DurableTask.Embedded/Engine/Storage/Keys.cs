using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace MappaFlows.DurableTask.Embedded.Engine.Storage;

/// <summary>
/// The row keys of the engine's one partition. A letter says what a row is:
/// <c>host</c> the lease; <c>h</c> heads; <c>i</c> history; <c>l</c> messages that a run carries over to the next; <c>m</c> messages on
/// their way; <c>q</c> what is quarantined; <c>r</c> instances with
/// activities in flight; <c>t</c> timers by due time; <c>w</c> the redo log; <c>x</c> messages from hosts that stand by.
/// </summary>
internal static class Keys
{
    public const string Partition = "engine";
    public const string Host = "host";
    public const string Heads = "h|";
    public const string Carried = "l|";
    public const string Messages = "m|";
    public const string Quarantined = "q|";
    public const string Ready = "r|";
    public const string Timers = "t|";
    public const string Redo = "w|";
    public const string Posted = "x|";

    // Azure takes 1 KiB of UTF-16 in a key. The longest key around an id is a timer's, 50 characters more.
    private const int MaxReadable = 300;
    private const int KeptReadable = 200;

    public static string Head(string instanceId) => Heads + Escape(instanceId);

    public static string Turn(string instanceId, int generation, int row) =>
        string.Create(CultureInfo.InvariantCulture, $"i|{Escape(instanceId)}|{generation:D8}|{row:D8}");

    public static string History(string instanceId) => $"i|{Escape(instanceId)}|";

    public static string Turns(string instanceId, int generation) =>
        string.Create(CultureInfo.InvariantCulture, $"i|{Escape(instanceId)}|{generation:D8}|");

    public static string Message(long term, long number) => string.Create(CultureInfo.InvariantCulture, $"{Messages}{term:D10}{number:D12}");

    /// <summary>
    /// The row of a message that a run carries over to the next: before every other message, as its sender sent it before them.
    /// </summary>
    public static string CarriedMessage(string messageRow) => Carried + messageRow[Messages.Length..];

    public static string QuarantinedInstance(string instanceId) => Quarantined + "i|" + Escape(instanceId);

    public static string QuarantinedRow(string row) => Quarantined + "r|" + row;

    public static string ReadyInstance(string instanceId) => Ready + Escape(instanceId);

    public static string Timer(DateTime dueUtc, string instanceId, int generation, int timerId) =>
        string.Create(CultureInfo.InvariantCulture, $"{Timers}{dueUtc.Ticks:D19}|{Escape(instanceId)}|{generation:D8}|{timerId}");

    public static string RedoChunk(int number) => string.Create(CultureInfo.InvariantCulture, $"{Redo}{number:D6}");

    public static string Post(DateTimeOffset now, Guid id) => string.Create(CultureInfo.InvariantCulture, $"{Posted}{now.UtcTicks:D19}|{id:N}");

    /// <summary>
    /// An id in the characters that a key may have, still in order and readable. An id that is too long keeps its beginning and ends
    /// in a hash of the whole.
    /// </summary>
    public static string Escape(string id)
    {
        var safe = true;
        foreach (var c in id)
            safe &= IsSafe(c);
        if (safe && id.Length <= MaxReadable)
            return id;

        var key = new StringBuilder(id.Length + 16);
        foreach (var c in id)
        {
            if (IsSafe(c))
                key.Append(c);
            else
                key.Append('$').Append(((int)c).ToString("X4", CultureInfo.InvariantCulture));
        }
        if (key.Length <= MaxReadable)
            return key.ToString();
        var hash = Convert.ToHexString(SHA256.HashData(Encoding.Unicode.GetBytes(id)).AsSpan(0, 20));
        return key.ToString(0, KeptReadable) + "~" + hash;
    }

    private static bool IsSafe(char c) => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_' or ':' or '@';
}
