using System.Text.Json;
using System.Text.RegularExpressions;

namespace MappaFlows.Infra.Tests;

/// <summary>What the deployment sets, what the app reads and what the sample for one's own machine has are the same settings.</summary>
public partial class SettingTests(BuiltTemplate template) : IClassFixture<BuiltTemplate>
{
    /// <summary>Settings that the platform, the Functions host or a library reads, by how their names begin.</summary>
    private static readonly string[] NotOurs =
    [
        "APPLICATIONINSIGHTS_", "AZURE_CLIENT_ID", "AzureFunctionsJobHost:", "AzureWebJobs", "DURABLE_TASK_SCHEDULER_CONNECTION_STRING",
        "FUNCTIONS_WORKER_RUNTIME", "MICROSOFT_PROVIDER_AUTHENTICATION_SECRET", "OVERRIDE_USE_MI_FIC_ASSERTION_CLIENTID",
    ];

    private static readonly string Code = string.Join(
        '\n',
        Directory.EnumerateDirectories(Path.Combine(BicepCompiler.RepositoryRoot, "src"), "MappaFlows.Functions*")
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories))
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .Select(File.ReadAllText));

    [Fact]
    public void Everything_that_the_deployment_sets_is_read()
    {
        var ours = Deployed().Where(IsOurs).ToList();

        Assert.NotEmpty(ours);
        Assert.All(ours, name => Assert.True(IsRead(name), $"Nothing in src/MappaFlows.Functions* reads {name}."));
    }

    [Fact]
    public void Everything_that_the_app_cannot_do_without_is_set_by_the_deployment_and_in_the_sample()
    {
        var needed = Needed();

        Assert.Superset(new HashSet<string> { "Store", "Audit:Store", "Audit:Container", "Site:PublicUrl", "SweepSchedule", "DeliveryReportQueue" }, needed);
        Assert.Subset(Deployed(), needed);
        Assert.Subset(Sample(), needed);
    }

    [Fact]
    public void The_sample_has_no_setting_that_nothing_reads() =>
        Assert.All(Sample().Where(IsOurs), name => Assert.True(IsRead(name), $"Nothing in src/MappaFlows.Functions* reads {name}."));

    [Fact]
    public void The_hosts_own_log_keeps_no_address_with_its_query()
    {
        var levels = Json("host.json").GetProperty("logging").GetProperty("logLevel");

        Assert.Equal("Warning", levels.GetProperty("Microsoft.AspNetCore").GetString());
        Assert.Equal("Warning", levels.GetProperty("Yarp").GetString());
    }

    private HashSet<string> Deployed()
    {
        // A union of literals and of switches: every name before a colon of the template language's objects.
        var settings = template.Only("Microsoft.Web/sites/config", "'appsettings'").Body.GetProperty("properties").GetRawText();
        var named = SettingName().Matches(
            JsonSerializer.Deserialize<JsonElement>(settings).GetString()!).Select(match => Plain(match.Groups[1].Value));
        return [.. named];
    }

    private static HashSet<string> Sample() => [.. Json("local.settings.sample.json").GetProperty("Values").EnumerateObject().Select(setting => Plain(setting.Name))];

    private static HashSet<string> Needed() =>
        [
            .. new[] { RequiredName(), BindingName(), MissingName() }.SelectMany(pattern => pattern.Matches(Code)).Select(match =>
                match.Groups[1].Value),
        ];

    private static bool IsOurs(string name) => !NotOurs.Any(start => name.StartsWith(start, StringComparison.Ordinal));

    /// <summary>By its name, or as a property of the options of its section.</summary>
    private static bool IsRead(string name) =>
        Code.Contains($"\"{name}\"", StringComparison.Ordinal)
        || Code.Contains($"%{name}%", StringComparison.Ordinal)
        || (name.Split(':') is [{ } section, { } property]
            && Code.Contains($"Section = \"{section}\"", StringComparison.Ordinal)
            && Code.Contains($" {property} {{ get;", StringComparison.Ordinal));

    private static string Plain(string name) => name.Replace("__", ":", StringComparison.Ordinal);

    private static JsonElement Json(string file) =>
        JsonDocument.Parse(File.ReadAllText(Path.Combine(BicepCompiler.RepositoryRoot, file))).RootElement;

    [GeneratedRegex("'([A-Z][A-Za-z0-9_]+)',")]
    private static partial Regex SettingName();

    [GeneratedRegex("""Required\("([\w:]+)",""")]
    private static partial Regex RequiredName();

    [GeneratedRegex("\"%([\\w:]+)%\"")]
    private static partial Regex BindingName();

    [GeneratedRegex("The setting ([\\w:]+) is missing")]
    private static partial Regex MissingName();
}
