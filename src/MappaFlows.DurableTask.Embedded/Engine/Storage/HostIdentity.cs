using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace MappaFlows.DurableTask.Embedded.Engine.Storage;

/// <summary>
/// Names a process so that another on the same machine can tell whether it is still there. So a host that was killed is
/// followed at once, without waiting for its lease to run out.
/// </summary>
internal static class HostIdentity
{
    // The engines of this process that have not stopped.
    private static readonly ConcurrentDictionary<string, bool> Here = new();

    /// <summary>Unique to this process and to each engine in it.</summary>
    public static string New()
    {
        using var process = Process.GetCurrentProcess();
        var identity = string.Create(CultureInfo.InvariantCulture, $"{Machine()}|{process.Id}|{StartOf(process)}|{Guid.NewGuid():N}");
        Here[identity] = true;
        return identity;
    }

    /// <summary>The engine of this name has stopped, whether or not it could give its lease back.</summary>
    public static void Retire(string identity) => Here.TryRemove(identity, out _);

    /// <summary>
    /// Whether the owner is known to be gone: a process of this machine that has ended, or an engine of this process that has.
    /// </summary>
    public static bool IsGone(string owner)
    {
        var parts = owner.Split('|');
        if (parts.Length != 4 || parts[0] != Machine() || !int.TryParse(parts[1], CultureInfo.InvariantCulture, out var id))
            return false;
        try
        {
            using var process = Process.GetProcessById(id);
            return StartOf(process) != parts[2] || (id == Environment.ProcessId && !Here.ContainsKey(owner));
        }
        catch (ArgumentException)
        {
            return true;
        }
        catch (InvalidOperationException)
        {
            return true;
        }
    }

    /// <summary>When the process started, in words that every process of the machine finds the same.</summary>
    /// <exception cref="InvalidOperationException">The process has ended.</exception>
    private static string StartOf(Process process)
    {
        if (!OperatingSystem.IsLinux())
            return process.StartTime.ToUniversalTime().Ticks.ToString(CultureInfo.InvariantCulture);
        try
        {
            // Process.StartTime rests on the moment of boot, which each process works out a little differently: a live owner would look
            // gone. The kernel's own count is field 22; the name, field 2, is in brackets and may hold anything.
            var stat = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{process.Id}/stat"));
            return stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[19];
        }
        catch (IOException e)
        {
            throw new InvalidOperationException("The process has ended.", e);
        }
    }

    // Process ids mean something only within one boot and one pid namespace: two containers may share a machine name.
    private static string Machine()
    {
        var parts = Environment.MachineName;
        if (OperatingSystem.IsLinux())
            parts += ";" + File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim() + ";" + new FileInfo("/proc/self/ns/pid").LinkTarget;
        return parts.Replace('|', '-');
    }
}
