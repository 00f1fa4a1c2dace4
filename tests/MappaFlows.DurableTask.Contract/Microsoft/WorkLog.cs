using Microsoft.Extensions.Logging;

namespace MappaFlows.DurableTask.Contract.Microsoft;

/// <summary>
/// Counts what the worker says of its work, so that a test can see it at rest: the engines have no word for it. Warnings go to the output of
/// the test.
/// </summary>
internal sealed class WorkLog : ILoggerProvider, ILogger
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    private readonly ITestOutputHelper? _output = TestContext.Current.TestOutputHelper;
    private int _lines;

    public ILogger CreateLogger(string categoryName) =>
        categoryName.StartsWith("Microsoft.DurableTask", StringComparison.Ordinal) ? this : global::Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance;

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        Interlocked.Increment(ref _lines);
        if (logLevel < LogLevel.Warning) return;
        try
        {
            _output?.WriteLine($"{logLevel}: {formatter(state, exception)}");
        }
        catch (InvalidOperationException)
        {
            // The test has ended.
        }
    }

    /// <summary>Completes when nothing was said for so long; or after a limit, as an orchestration whose timers follow close on each other is never at rest.</summary>
    public async Task WhenQuietAsync(TimeSpan quiet)
    {
        var (seen, since) = (Volatile.Read(ref _lines), Environment.TickCount64);
        var end = since + (long)Limit.TotalMilliseconds;
        while (Environment.TickCount64 < end && Environment.TickCount64 - since < quiet.TotalMilliseconds)
        {
            await Task.Delay(Look, TestContext.Current.CancellationToken);
            if (Volatile.Read(ref _lines) is var lines && lines != seen) (seen, since) = (lines, Environment.TickCount64);
        }
    }

    public void Dispose()
    {
    }
}
