using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;

namespace MappaFlows.Infra.Tests;

/// <summary>The real Bicep compiler: from its package on 64-bit Linux, from the PATH elsewhere.</summary>
internal static class BicepCompiler
{
    public static string InfraFolder { get; } = Path.Combine(Metadata("RepositoryRoot"), "infra");

    public static string RepositoryRoot { get; } = Metadata("RepositoryRoot");

    /// <summary>Every Bicep file of the repository, relative to <see cref="InfraFolder"/>.</summary>
    public static IEnumerable<string> Files =>
        Directory.EnumerateFiles(InfraFolder, "*.bicep", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(InfraFolder, file))
            .Order(StringComparer.Ordinal);

    /// <exception cref="InvalidOperationException">No compiler is to be had on this machine; the message says how to get one.</exception>
    public static async Task<BicepResult> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo(Find(), arguments)
        {
            WorkingDirectory = InfraFolder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var diagnostics = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new BicepResult(process.ExitCode, await output, await diagnostics);
    }

    private static string Find()
    {
        if (OperatingSystem.IsLinux() && RuntimeInformation.OSArchitecture == Architecture.X64)
            return Path.Combine(Metadata("BicepPackage"), "tools", "bicep");

        var name = OperatingSystem.IsWindows() ? "bicep.exe" : "bicep";
        return (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Select(folder => Path.Combine(folder, name))
            .FirstOrDefault(File.Exists)
            ?? throw new InvalidOperationException(
                "The Bicep compiler comes with the tests on 64-bit Linux only. On this machine, put one on the PATH: "
                + "`winget install Microsoft.Bicep`, `brew install azure/bicep/bicep`, or the file for this system from the Bicep releases page.");
    }

    private static string Metadata(string key) =>
        typeof(BicepCompiler).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == key).Value!;
}

/// <summary>What the compiler answered. Its diagnostics, warnings included, are on standard error.</summary>
internal sealed record BicepResult(int ExitCode, string Output, string Diagnostics);
