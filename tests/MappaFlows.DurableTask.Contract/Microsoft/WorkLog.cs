using Microsoft.Extensions.Logging;

namespace MappaFlows.DurableTask.Contract.Microsoft;

/// <summary>
/// Counts what the worker says of its work, so that a test can see it at rest: the engines have no word for it. Warnings go to the output
/// of the test.
/// </summary>
internal sealed class WorkLog : ILoggerProvider, ILogger
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(25);

    // Of looks, not of time.
    private const int MaxLooks = 100;

    private readonly ITestOutputHelper? _output = TestContext.Current.TestOutputHelper;
    private int _lines;

    public ILogger CreateLogger(string categoryName) =>
        categoryName.StartsWith("Microsoft.DurableTask", StringComparison.Ordinal)
            ? this
            : global::Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance;

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter)
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

    /// <summary>
    /// Completes when nothing was said for so many looks; or after a limit, as an orchestration whose timers follow close on each other is
    /// never at rest. Between two looks the engine is asked something, so that what makes the engine slow makes the looks slow as well.
    /// </summary>
    public async Task WhenQuietAsync(int looks, Func<Task> askEngine)
    {
        var seen = Volatile.Read(ref _lines);
        for (var (look, quiet) = (0, 0); look < MaxLooks && quiet < looks; look++)
        {
            await Task.Delay(Look, TestContext.Current.CancellationToken);
            await askEngine();
            var lines = Volatile.Read(ref _lines);
            (seen, quiet) = (lines, lines == seen ? quiet + 1 : 0);
        }
    }

    public void Dispose()
    {
    }
}
