using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;

namespace MappaFlows.Local.Hosting;

/// <summary>
/// The console's log without query strings, whichever category is at whichever level: the address of a decision has the token of its
/// link in the query, and so has the address of a sign-in that leads there.
/// </summary>
internal static partial class CleanConsole
{
    private const string Formatter = "clean";

    public static ILoggingBuilder AddCleanConsole(this ILoggingBuilder logging) => logging
        .AddConsole(console => console.FormatterName = Formatter)
        .AddConsoleFormatter<CleanFormatter, SimpleConsoleFormatterOptions>();

    /// <summary>Without what follows a question mark, plain or encoded, up to the next space or quotation mark.</summary>
    public static string Clean(string text) => Query().Replace(text, "?…");

    [GeneratedRegex("""(\?|%3F|link=|link%3D)[^\s"'<>]+""", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Query();

    private sealed class CleanFormatter(IOptionsMonitor<SimpleConsoleFormatterOptions> options) : ConsoleFormatter(Formatter)
    {
        public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
        {
            if (logEntry.Formatter is null) return;
            var message = logEntry.Formatter(logEntry.State, logEntry.Exception);
            if (options.CurrentValue.TimestampFormat is { } format)
                textWriter.Write(TimeProvider.System.GetLocalNow().ToString(format, null));
            textWriter.Write($"{Level(logEntry.LogLevel)}: {logEntry.Category}[{logEntry.EventId.Id}]{Environment.NewLine}");
            Indent(textWriter, Clean(message));
            if (logEntry.Exception is { } exception) Indent(textWriter, Clean(exception.ToString()));
        }

        private static void Indent(TextWriter writer, string text)
        {
            foreach (var line in text.Split('\n')) writer.WriteLine($"      {line.TrimEnd('\r')}");
        }

        private static string Level(LogLevel level) => level switch
        {
            LogLevel.Trace => "trce",
            LogLevel.Debug => "dbug",
            LogLevel.Information => "info",
            LogLevel.Warning => "warn",
            LogLevel.Error => "fail",
            _ => "crit",
        };
    }
}
