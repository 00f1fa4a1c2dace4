namespace MappaFlows.DurableTask.Embedded;

/// <summary>How the embedded backend works.</summary>
public sealed class EmbeddedDurableTaskOptions
{
    /// <summary>Begins the name of the engine's table: letters and digits, a letter first.</summary>
    public string TableNamePrefix { get; set; } = "Durable";

    /// <summary>How many activities run at once.</summary>
    public int MaxConcurrentActivities { get; set; } = 32;

    /// <summary>
    /// How many activities may have begun without their outcome being durable. No more are begun before some are recorded, so a host that
    /// is killed repeats at most this many.
    /// </summary>
    public int MaxUnrecordedOutcomes { get; set; } = 1_000;

    /// <summary>How many orchestrations are led on at once. One that waits is not counted.</summary>
    public int MaxConcurrentOrchestrations { get; set; } = Math.Max(2, Environment.ProcessorCount);

    /// <summary>
    /// How many instances are kept in memory between their turns. The others are replayed when something happens to them.
    /// </summary>
    public int MaxCachedInstances { get; set; } = 2_000;

    /// <summary>The largest input, result or event, in bytes as UTF-8 JSON; at most 256 KiB.</summary>
    public int MaxPayloadBytes { get; set; } = 256 * 1024;

    /// <summary>How long a host that does not answer keeps the lease. Counted by <see cref="HostTime"/>.</summary>
    public TimeSpan LeaseDuration { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How often the host with the lease looks for what hosts that stand by have posted, and they for the lease.</summary>
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// After how many restarts without any progress an instance is quarantined, so that one that kills its host cannot do so for ever.
    /// </summary>
    public int MaxRecoveries { get; set; } = 10;

    /// <summary>
    /// How long running activities are waited for when the host stops; those that are not done run again at the next start.
    /// </summary>
    public TimeSpan ShutdownPatience { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// After how long a turn of an orchestration's code is reported as blocked: code that awaits its context returns within milliseconds.
    /// </summary>
    public TimeSpan BlockedAfter { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// For tests: forgets each instance after each turn, and gives it one message a turn, so that every await is replayed from the store.
    /// </summary>
    public bool ReplayAfterEveryAwait { get; set; }

    /// <summary>The clock of leases and polls: the real one even where <see cref="TimeProvider"/> is moved through years.</summary>
    public TimeProvider HostTime { get; set; } = TimeProvider.System;

    internal string Table => TableNamePrefix + "Engine";

    /// <exception cref="ArgumentException">A value is out of its range.</exception>
    internal void Check()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxConcurrentActivities, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxUnrecordedOutcomes, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxConcurrentOrchestrations, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxCachedInstances, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxRecoveries, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxPayloadBytes, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(MaxPayloadBytes, 256 * 1024);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(LeaseDuration, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(PollInterval, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(BlockedAfter, TimeSpan.Zero);
        if (TableNamePrefix.Length is 0 or > 40
            || !char.IsAsciiLetter(TableNamePrefix[0])
            || !TableNamePrefix.All(char.IsAsciiLetterOrDigit))
        {
            throw new ArgumentException("The table name prefix has 1 to 40 letters and digits, a letter first.");
        }
    }
}
