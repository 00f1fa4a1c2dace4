using Microsoft.Extensions.Logging;

namespace MappaFlows.DurableTask.Embedded.Tests;

/// <summary>Puts what is logged into the output of the test that runs, where a failure shows it.</summary>
public sealed class TestLoggerFactory : ILoggerFactory, ILogger
{
    private readonly ITestOutputHelper? _output = TestContext.Current.TestOutputHelper;

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException("There is one place for everything.");

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => _output is not null && logLevel >= LogLevel.Information;

    public void Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter)
    {
        try
        {
            _output?.WriteLine($"{logLevel}: {formatter(state, exception)}{(exception is null ? "" : Environment.NewLine + exception)}");
        }
        catch (InvalidOperationException)
        {
            // The test has ended; what its engine still says nobody reads.
        }
    }

    public void Dispose()
    {
    }
}
