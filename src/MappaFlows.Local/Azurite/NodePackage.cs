using System.Diagnostics;

namespace MappaFlows.Local.Azurite;

/// <summary>Installs what a folder's <c>package-lock.json</c> pins, once, however many processes ask at the same time.</summary>
internal static class NodePackage
{
    private static readonly TimeSpan RetryEvery = TimeSpan.FromMilliseconds(250);

    /// <param name="folder">The folder of <c>package.json</c> and <c>package-lock.json</c>.</param>
    /// <param name="package">A package of it; where the version that the lock file names is installed, nothing is done.</param>
    public static async Task InstallAsync(string folder, string package, CancellationToken cancellationToken = default)
    {
        // npm writes node_modules/.package-lock.json last: without it an installation was cut short.
        var installed = Path.Combine(folder, "node_modules", ".package-lock.json");
        var wanted = Path.Combine(folder, "package-lock.json");
        if (IsCurrent(installed, wanted, folder, package))
            return;

        using var turn = await TakeTurnAsync(Path.Combine(folder, ".install-lock"), cancellationToken);
        if (!IsCurrent(installed, wanted, folder, package))
            await RunNpmAsync(folder, cancellationToken);
    }

    private static bool IsCurrent(string installed, string wanted, string folder, string package) =>
        Directory.Exists(Path.Combine(folder, "node_modules", package))
        && File.Exists(installed)
        && File.GetLastWriteTimeUtc(installed) >= File.GetLastWriteTimeUtc(wanted);

    private static async Task<FileStream> TakeTurnAsync(string path, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
            }
            catch (Exception error) when (error is (IOException and not DirectoryNotFoundException) or UnauthorizedAccessException)
            {
                await Task.Delay(RetryEvery, cancellationToken);
            }
        }
    }

    private static async Task RunNpmAsync(string folder, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(OperatingSystem.IsWindows() ? "npm.cmd" : "npm")
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            ArgumentList = { "ci", "--no-audit", "--no-fund", "--ignore-scripts" },
        };
        using var npm = Process.Start(start) ?? throw new InvalidOperationException("npm could not be started.");
        var output = npm.StandardOutput.ReadToEndAsync(cancellationToken);
        var errors = npm.StandardError.ReadToEndAsync(cancellationToken);
        await npm.WaitForExitAsync(cancellationToken);
        if (npm.ExitCode != 0)
            throw new InvalidOperationException($"npm ci failed in {folder}: {await errors}{await output}");
    }
}
