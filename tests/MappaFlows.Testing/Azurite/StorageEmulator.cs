using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using MappaFlows.Local.Azurite;

namespace MappaFlows.Testing.Azurite;

/// <summary>Azurite whole, with blobs, queues and tables in memory, that tells of every request that it answers.</summary>
public sealed class StorageEmulator : IAsyncDisposable
{
    private static readonly TimeSpan StartWithin = TimeSpan.FromMinutes(10);

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _requests = new();

    private StorageEmulator(Process process, string connectionString) => (_process, ConnectionString) = (process, connectionString);

    public string ConnectionString { get; }

    /// <summary>The requests so far, each as its method and its path with query.</summary>
    public IReadOnlyList<string> Requests => [.. _requests];

    public static async Task<StorageEmulator> StartAsync(CancellationToken cancellationToken)
    {
        var package = AzuriteFixture.PackageFolder();
        await NodePackage.InstallAsync(package, "azurite", cancellationToken);
        var (blob, queue, table) = FreePorts();
        var start = new ProcessStartInfo("node")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            ArgumentList =
            {
                Path.Combine(package, "node_modules", "azurite", "dist", "src", "azurite.js"),
                "--inMemoryPersistence", "--disableTelemetry", "--skipApiVersionCheck",
                "--blobHost", "127.0.0.1", "--blobPort", Number(blob),
                "--queueHost", "127.0.0.1", "--queuePort", Number(queue),
                "--tableHost", "127.0.0.1", "--tablePort", Number(table),
            },
        };
        var process = new Process { StartInfo = start };
        var emulator = new StorageEmulator(
            process,
            $"{AzuriteServer.ConnectionStringFor(table)}BlobEndpoint=http://127.0.0.1:{Number(blob)}/devstoreaccount1;QueueEndpoint=http://127.0.0.1:{Number(queue)}/devstoreaccount1;");
        var listening = 0;
        var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        process.OutputDataReceived += (_, line) =>
        {
            if (line.Data is not { } said) return;
            if (said.Contains("successfully listen", StringComparison.Ordinal) && Interlocked.Increment(ref listening) == 3) ready.TrySetResult();

            // A line of its access log: … "POST /devstoreaccount1/hub-control-00/messages HTTP/1.1" 201 -
            if (said.Split('"') is [_, { } request, ..] && request.Split(' ') is [{ } method, { } path, "HTTP/1.1"]) emulator._requests.Enqueue($"{method} {path}");
        };
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            await ready.Task.WaitAsync(StartWithin, cancellationToken);
            return emulator;
        }
        catch
        {
            await emulator.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static string Number(int port) => port.ToString(CultureInfo.InvariantCulture);

    private static (int Blob, int Queue, int Table) FreePorts()
    {
        TcpListener[] held = [new(IPAddress.Loopback, 0), new(IPAddress.Loopback, 0), new(IPAddress.Loopback, 0)];
        foreach (var listener in held) listener.Start();
        var ports = held.Select(listener => ((IPEndPoint)listener.LocalEndpoint).Port).ToList();
        foreach (var listener in held) listener.Dispose();
        return (ports[0], ports[1], ports[2]);
    }
}
