using System.CommandLine;
using System.CommandLine.Parsing;

namespace MappaFlows.Local.Options;

/// <summary>
/// The command line: our own options by their short names, and any setting of ASP.NET (its name has a colon) by its full name.
/// </summary>
public static class CommandLine
{
    private static readonly Dictionary<Option<string>, string> Settings = new()
    {
        [Text("--urls", "URL", $"Where it listens. Default: {LocalOptions.DefaultUrls}")] = "Urls",
        [Text("--data", "DIR", "The folder that keeps everything. Default: .data")] = "MappaFlows:Data",
        [Text("--store", "STORE", "sqlite (default), azurite, a connection string or a table endpoint")] = "MappaFlows:Store",
        [Text("--demo", "none|small", "What an empty store gets. Default: small")] = "MappaFlows:Demo",
        [Text("--backup", "FILE", "Copies the SQLite store to FILE, also while it is in use, and ends")] = "MappaFlows:Backup",
        [Text("--accept-store", "WHY", "Goes on with a store that lost data, or a restored backup. The reason goes into the administrators' log")] = "MappaFlows:AcceptStore",
        [Text("--environment", "NAME", "Development (default of dotnet run) or another")] = "Environment",
    };

    // The host handles Ctrl+C itself, and the program explains its own failures.
    private static readonly InvocationConfiguration Invocation = new()
    {
        EnableDefaultExceptionHandler = false,
        ProcessTerminationTimeout = null,
    };

    /// <summary>Reads the arguments and runs the program with the settings that they give.</summary>
    /// <returns>The exit code; 0 where help was asked for.</returns>
    /// <exception cref="OptionException">An option is not known, or has no value.</exception>
    public static Task<int> RunAsync(IReadOnlyList<string> arguments, Func<IReadOnlyDictionary<string, string?>, Task<int>> run)
    {
        var root = new RootCommand("MappaFlows on one machine. Settings of ASP.NET go by their full names, such as --Logging:LogLevel:Default Debug.")
        {
            TreatUnmatchedTokensAsErrors = false,
        };
        foreach (var option in Settings.Keys)
            root.Options.Add(option);
        root.SetAction(result => run(Read(result)));
        var parsed = root.Parse(arguments);
        return parsed.Errors is [var error, ..] ? throw new OptionException($"{error.Message} Try --help.") : parsed.InvokeAsync(Invocation);
    }

    private static Dictionary<string, string?> Read(ParseResult result)
    {
        var settings = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        foreach (var (option, key) in Settings)
        {
            if (result.GetResult(option) is not null)
                settings[key] = Given(option.Name, result.GetValue(option));
        }
        var rest = new Queue<string>(result.UnmatchedTokens);
        while (rest.TryDequeue(out var token))
        {
            if (!token.StartsWith("--", StringComparison.Ordinal))
                throw new OptionException($"'{token}' is not an option. Try --help.");
            var parts = token.Split('=', 2);
            if (!parts[0].Contains(':', StringComparison.Ordinal))
                throw new OptionException($"There is no option {parts[0]}. Try --help.");
            var isNext = parts.Length == 1 && rest.TryPeek(out var next) && !next.StartsWith("--", StringComparison.Ordinal);
            settings[parts[0][2..]] = Given(parts[0], isNext ? rest.Dequeue() : parts.ElementAtOrDefault(1));
        }
        return settings;
    }

    private static string Given(string option, string? value) =>
        string.IsNullOrWhiteSpace(value) ? throw new OptionException($"{option} needs a value. Try --help.") : value;

    private static Option<string> Text(string name, string value, string description) =>
        new(name) { HelpName = value, Description = description };
}
