using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace MappaFlows.Local.Azurite;

/// <summary>
/// The table service of Azurite, Azure's own emulator, as a child process on a free loopback port. Its package is pinned by a lock file and
/// is installed on first use.
/// </summary>
internal sealed class AzuriteServer : IAsyncDisposable
{
    private const int Attempts = 5;
    /// <summary>SIGINT: Azurite's table service saves on this one alone; SIGTERM ends it with its last seconds unsaved.</summary>
    private const int Interrupt = 2;
    private static readonly TimeSpan StartWithin = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan StopWithin = TimeSpan.FromMinutes(1);

    private readonly Process _process;

    private AzuriteServer(Process process, int port)
    {
        _process = process;
        Port = port;
    }

    /// <summary>Where it listens, on 127.0.0.1.</summary>
    public int Port { get; }

    /// <summary>
    /// The development account's connection string; the account and its key are the same in every Azurite, and documented.
    /// </summary>
    public string ConnectionString => ConnectionStringFor(Port);

    /// <summary>The development account's connection string for an Azurite on this port of 127.0.0.1.</summary>
    public static string ConnectionStringFor(int port) =>
        "DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;" +
        "AccountKey=Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==;" +
        $"TableEndpoint=http://127.0.0.1:{port}/devstoreaccount1;";

    /// <summary>Starts it and waits until it listens.</summary>
    /// <param name="packageFolder">The folder of the <c>package.json</c> and lock file that pin it.</param>
    /// <param name="dataFolder">
    /// Where it keeps its data. It saves every few seconds and when it is asked to stop: what it answered last before a crash is lost.
    /// </param>
    /// <param name="port">A port of 127.0.0.1, or null for one that is free.</param>
    /// <exception cref="InvalidOperationException">
    /// Node or npm is missing, the package could not be installed, or it did not start.
    /// </exception>
    public static async Task<AzuriteServer> StartAsync(
        string packageFolder, string dataFolder, int? port = null, CancellationToken cancellationToken = default)
    {
        await NodePackage.InstallAsync(packageFolder, "azurite", cancellationToken);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await StartOnceAsync(packageFolder, dataFolder, port ?? FreePort(), cancellationToken);
            }
            catch (InvalidOperationException) when (port is null && attempt < Attempts)
            {
                // Azurite cannot choose a free port by itself, and another process may have taken the one that was free.
            }
        }
    }

    private static async Task<AzuriteServer> StartOnceAsync(
        string packageFolder,
        string dataFolder,
        int port,
        CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("node")
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            ArgumentList =
            {
                Path.Combine(packageFolder, "node_modules", "azurite", "dist", "src", "table", "main.js"),
                "--silent", "--tableHost", "127.0.0.1", "--tablePort", port.ToString(CultureInfo.InvariantCulture),
                "--location", dataFolder, "--disableTelemetry", "--skipApiVersionCheck",
            },
        };
        var node = new Process { StartInfo = start, EnableRaisingEvents = true };
        var listening = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var said = new ConcurrentQueue<string>();
        DataReceivedEventHandler read = (_, line) =>
        {
            if (line.Data is null)
                return;
            said.Enqueue(line.Data);
            if (line.Data.Contains("successfully", StringComparison.Ordinal))
                listening.TrySetResult();
        };
        node.OutputDataReceived += read;
        node.ErrorDataReceived += read;
        node.Exited += (_, _) => listening.TrySetException(new InvalidOperationException("Azurite ended before it listened."));
        try
        {
            node.Start();
            node.BeginOutputReadLine();
            node.BeginErrorReadLine();
            await listening.Task.WaitAsync(StartWithin, cancellationToken);
            return new AzuriteServer(node, port);
        }
        catch (Exception error) when (
            error is InvalidOperationException or Win32Exception or TimeoutException or OperationCanceledException)
        {
            Kill(node);
            cancellationToken.ThrowIfCancellationRequested();
            throw new InvalidOperationException($"Azurite did not start. It said: {string.Join(Environment.NewLine, said)}", error);
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static void Kill(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It never started, or has ended.
        }
        process.Dispose();
    }

    /// <summary>Asks it to save and stop, and insists after a while.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            if (OperatingSystem.IsWindows() || AskToStop(_process.Id, Interrupt) != 0)
                _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync().WaitAsync(StopWithin);
        }
        catch (TimeoutException)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }
        finally
        {
            _process.Dispose();
        }
    }

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int AskToStop(int process, int signal);
}
