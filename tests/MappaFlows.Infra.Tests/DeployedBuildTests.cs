using System.Diagnostics;

namespace MappaFlows.Infra.Tests;

/// <summary>
/// Whoever builds the app's own project (azd, func, a person) gets the sender of emails and the scheduler; who builds something that refers
/// to it does not (docs/adr/0013-azure-app-in-every-build.md).
/// </summary>
public class DeployedBuildTests
{
    private const string Property = "-getProperty:IncludeEmailAndScheduler";

    [Theory]
    [InlineData("src/MappaFlows.Functions", "true")]
    [InlineData("src/MappaFlows.Functions/MappaFlows.Functions.csproj", "true")]
    [InlineData("tests/MappaFlows.Functions.Tests", "")]
    public async Task The_sender_and_the_scheduler_are_in_what_is_deployed(string project, string included)
    {
        Assert.Equal((0, included), await MSBuildAsync("msbuild", project, Property));
    }

    [Fact]
    public void Restore_gets_the_same_as_the_build()
    {
        // What is said with -property alone the dotnet command leaves out of the restore that it does before a build.
        var said = File.ReadAllLines(Path.Combine(BicepCompiler.RepositoryRoot, "src", "MappaFlows.Functions", "Directory.Build.rsp")).Where(line => !line.StartsWith('#'));

        Assert.Equal(["-property:IncludeEmailAndScheduler=true", "-restoreProperty:IncludeEmailAndScheduler=true"], said);
    }

    [Fact]
    public async Task An_app_without_a_sender_is_not_published_by_mistake()
    {
        var (code, output) = await MSBuildAsync("msbuild", "src/MappaFlows.Functions", "-noAutoResponse", "-target:RefuseToPublishWithoutEmail");

        Assert.Equal(1, code);
        Assert.Contains("What is published must send email", output, StringComparison.Ordinal);
    }

    private static async Task<(int Code, string Output)> MSBuildAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [.. arguments, "-nodeReuse:false"])
        {
            WorkingDirectory = BicepCompiler.RepositoryRoot,
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, output.Trim());
    }
}
