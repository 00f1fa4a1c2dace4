namespace MappaFlows.Local.Options;

/// <summary>The command line: our own options by their short names, and any configuration key of ASP.NET's (one with a colon) by its full one.</summary>
public static class CommandLine
{
    private static readonly Dictionary<string, string> Keys = new(StringComparer.OrdinalIgnoreCase)
    {
        ["urls"] = "Urls",
        ["environment"] = "Environment",
        ["data"] = "MappaFlows:Data",
        ["store"] = "MappaFlows:Store",
        ["demo"] = "MappaFlows:Demo",
        ["backup"] = "MappaFlows:Backup",
    };

    public static string Help { get; } = $"""
        MappaFlows on one machine.

          --urls URL             where it listens (default {LocalOptions.DefaultUrls})
          --data DIR             the folder that keeps everything (default .data)
          --store STORE          sqlite (default), azurite, a connection string or a table endpoint
          --demo none|small      what an empty store is given (default small)
          --backup FILE          copies the SQLite store to FILE while it is in use, and ends
          --environment NAME     Development (dotnet run's default) or another
          --help                 this text

        Settings of ASP.NET follow its habits, such as --Logging:LogLevel:Default Debug or ASPNETCORE_URLS.
        """;

    /// <summary>The settings that the arguments give; null where help was asked for.</summary>
    /// <exception cref="OptionException">An option is not known, or has no value.</exception>
    public static IReadOnlyDictionary<string, string?>? Read(IReadOnlyList<string> arguments)
    {
        var settings = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < arguments.Count; i++)
        {
            var argument = arguments[i];
            if (argument is "--help" or "-h" or "-?") return null;
            if (!argument.StartsWith("--", StringComparison.Ordinal)) throw new OptionException($"'{argument}' is not an option. Try --help.");
            var equals = argument.IndexOf('=', StringComparison.Ordinal);
            var name = equals < 0 ? argument[2..] : argument[2..equals];
            if (!Keys.TryGetValue(name, out var key) && !name.Contains(':', StringComparison.Ordinal))
                throw new OptionException($"There is no option --{name}. Try --help.");
            string? value;
            if (equals >= 0) value = argument[(equals + 1)..];
            else if (++i < arguments.Count && !arguments[i].StartsWith("--", StringComparison.Ordinal)) value = arguments[i];
            else throw new OptionException($"--{name} needs a value. Try --help.");
            if (string.IsNullOrWhiteSpace(value)) throw new OptionException($"--{name} needs a value. Try --help.");
            settings[key ?? name] = value;
        }

        return settings;
    }
}
