using System.Diagnostics;
using System.Text;
using Microsoft.Playwright;

namespace MappaFlows.EndToEnd.Browsers;

/// <summary>Starts the browser of this machine, and gets one where there is none.</summary>
internal static class BrowserProgram
{
    private static readonly TimeSpan InstallWithin = TimeSpan.FromMinutes(10);

    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge", "msedge", "chrome"];

    /// <summary>The ways to a browser, the quickest first. Each names the program; Playwright's own has no name here.</summary>
    private static readonly (string Name, Func<Task<string?>> Get)[] Ways =
    [
        ("the PATH", () => Task.FromResult<string?>(OnPath() ?? throw new InvalidOperationException($"none of {string.Join(", ", Names)} is there"))),
        ("the packages of the system", FromPackagesAsync),
        ("Playwright's installer", FromPlaywrightAsync),
    ];

    /// <exception cref="InvalidOperationException">No browser could be started; says how to get one.</exception>
    public static async Task<IBrowser> LaunchAsync(IPlaywright playwright)
    {
        var failures = new StringBuilder();
        foreach (var (name, get) in Ways)
        {
            try
            {
                return await playwright.Chromium.LaunchAsync(Options(await get()));
            }
            catch (Exception exception) when (exception is InvalidOperationException or PlaywrightException or TimeoutException)
            {
                failures.AppendLine($"From {name}: {exception.Message}");
            }
        }

        throw new InvalidOperationException(
            "These tests need a browser, and none could be started. Install Chromium, Google Chrome or Microsoft Edge so that it is on the PATH "
            + $"(on Debian, as root: apt-get install -y chromium), then run them again.\n{failures}");
    }

    private static BrowserTypeLaunchOptions Options(string? program) => new()
    {
        ExecutablePath = program,
        Args =
        [
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",

            // Chromium refuses its sandbox to root, as whom containers run.
            .. Environment.IsPrivilegedProcess && !OperatingSystem.IsWindows() ? ["--no-sandbox"] : Array.Empty<string>(),
        ],
    };

    private static string? OnPath()
    {
        var suffix = OperatingSystem.IsWindows() ? ".exe" : "";
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return Names.SelectMany(_ => folders, (name, folder) => Path.Combine(folder, name + suffix)).FirstOrDefault(File.Exists);
    }

    private static async Task<string?> FromPackagesAsync()
    {
        if (!File.Exists("/etc/debian_version") || !Environment.IsPrivilegedProcess)
            throw new InvalidOperationException("they are installed for root on Debian only");
        await RunAsync("apt-get", "update");
        await RunAsync("apt-get", "install", "-y", "chromium");
        return OnPath() ?? throw new InvalidOperationException("apt-get installed chromium, but it is not on the PATH");
    }

    private static async Task<string?> FromPlaywrightAsync()
    {
        var exitCode = await Task.Run(() => Microsoft.Playwright.Program.Main(["install", "chromium"])).WaitAsync(InstallWithin);
        return exitCode == 0 ? null : throw new InvalidOperationException($"it ended with {exitCode}");
    }

    private static async Task RunAsync(string program, params IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["DEBIAN_FRONTEND"] = "noninteractive" },
        };
        using var process = Process.Start(start)!;
        var output = new StringBuilder();
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            await process.WaitForExitAsync().WaitAsync(InstallWithin);
        }
        catch (TimeoutException)
        {
            process.Kill(entireProcessTree: true);
        }

        if (!process.HasExited || process.ExitCode != 0) throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} failed:\n{output}");

        void Keep(string? line)
        {
            lock (output) output.AppendLine(line);
        }
    }
}
