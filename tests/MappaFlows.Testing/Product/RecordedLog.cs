using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace MappaFlows.Testing.Product;

/// <summary>Keeps every line that was logged, at every level, with the scopes that it was logged in.</summary>
public sealed class RecordedLog : ILoggerProvider, ILogger, ISupportExternalScope
{
    private readonly ConcurrentQueue<string> _lines = new();
    private IExternalScopeProvider? _scopes;

    public IReadOnlyList<string> Lines => [.. _lines];

    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => _scopes = scopeProvider;

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => _scopes?.Push(state);

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter)
    {
        var scopes = new List<string>();
        _scopes?.ForEachScope((scope, into) => into.Add(Written(scope)), scopes);
        _lines.Enqueue($"{string.Join(" => ", scopes)} {formatter(state, exception)} {Written(state)} {exception}");
    }

    public void Dispose()
    {
    }

    private static string Written(object? state) =>
        state is IEnumerable<KeyValuePair<string, object?>> pairs ? string.Join(' ', pairs.Select(pair => $"{pair.Key}={pair.Value}")) : $"{state}";
}
