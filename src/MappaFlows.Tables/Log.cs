using Microsoft.Extensions.Logging;

namespace MappaFlows.Tables;

/// <summary>What the stores log: numbers and kinds of failure, never what is stored.</summary>
internal static partial class Log
{
    [LoggerMessage(LogLevel.Warning, "Attempt {Attempt} on the table service failed ({Failure}); the next one is in {Wait}.")]
    public static partial void AttemptFailed(ILogger logger, int attempt, string failure, TimeSpan wait);

    [LoggerMessage(LogLevel.Error, "A group of {Commits} commits could not be written.")]
    public static partial void GroupFailed(ILogger logger, int commits, Exception exception);

    [LoggerMessage(LogLevel.Warning, "Another process has held the store's write lock for {Elapsed}.")]
    public static partial void LockIsHeld(ILogger logger, TimeSpan elapsed);

    [LoggerMessage(LogLevel.Error, "A failed group could not be rolled back.")]
    public static partial void RollbackFailed(ILogger logger, Exception exception);

    [LoggerMessage(LogLevel.Warning, "The store is too large to be checked whole in {Time}; the check was cut short and found no damage so far.")]
    public static partial void CheckCutShort(ILogger logger, TimeSpan time);

    [LoggerMessage(LogLevel.Information, "The store's schema went from version {Before} to {After}.")]
    public static partial void Migrated(ILogger logger, int before, int after);
}
