using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;

namespace MappaFlows.Functions.Tests.Worker;

/// <summary>
/// The app as the Functions host starts it: what its <c>worker.config.json</c> names, in the folder that it was built into.
/// </summary>
internal sealed class WorkerProcess : IAsyncDisposable
{
    public const string WorkerId = "worker-1";

    /// <summary>A limit and no measure: on a busy machine a start takes long.</summary>
    private static readonly TimeSpan Within = TimeSpan.FromMinutes(5);

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _output = new();

    private WorkerProcess(Process process) => _process = process;

    /// <summary>Where the app was built: beside the tests, but for the name of its project.</summary>
    public static string Folder { get; } = FindFolder();

    /// <summary>What it wrote to its output and error streams.</summary>
    public string Output => string.Join('\n', _output);

    /// <param name="host">Where the host listens for its worker.</param>
    /// <param name="settings">The app's settings, as Azure gives them: as environment variables.</param>
    public static WorkerProcess Start(Uri host, IReadOnlyDictionary<string, string> settings)
    {
        var config = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, "worker.config.json"))).RootElement.GetProperty("description");
        var start = new ProcessStartInfo(config.GetProperty("defaultExecutablePath").GetString()!)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Folder,
            ArgumentList =
            {
                Path.Combine(Folder, config.GetProperty("defaultWorkerPath").GetString()!),
                "--host", host.Host,
                "--port", $"{host.Port}",
                "--workerId", WorkerId,
                "--requestId", "start-1",
                "--grpcMaxMessageLength", $"{int.MaxValue}",
                "--functions-uri", host.ToString(),
                "--functions-worker-id", WorkerId,
                "--functions-request-id", "start-1",
                "--functions-grpc-max-message-length", $"{int.MaxValue}",
            },
            Environment =
            {
                ["ASPNETCORE_URLS"] = null,
                ["FUNCTIONS_APPLICATION_DIRECTORY"] = Folder,
                ["FUNCTIONS_WORKER_DIRECTORY"] = Folder,
                ["FUNCTIONS_WORKER_RUNTIME"] = "dotnet-isolated",
            },
        };
        foreach (var (name, value) in settings) start.Environment[name] = value;

        var process = new Process { StartInfo = start };
        var worker = new WorkerProcess(process);
        process.OutputDataReceived += (_, line) => worker.Keep(line.Data);
        process.ErrorDataReceived += (_, line) => worker.Keep(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return worker;
    }

    /// <summary>Waits until it has ended by itself.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> WaitForExitAsync()
    {
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(Within);
        return _process.ExitCode;
    }

    /// <summary>Waits for something of the worker's; fails with what it wrote when it ends before.</summary>
    public async Task<T> WhileItRunsAsync<T>(Task<T> awaited)
    {
        var ended = _process.WaitForExitAsync(TestContext.Current.CancellationToken);
        if (await Task.WhenAny(awaited, ended).WaitAsync(Within) == ended && !awaited.IsCompletedSuccessfully)
            throw new InvalidOperationException($"The worker has ended. It said:\n{Output}");
        return await awaited;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
    }

    private void Keep(string? line)
    {
        if (line is not null) _output.Enqueue(line);
    }

    private static string FindFolder()
    {
        // …/tests/<project of the tests>/bin/<configuration>/<framework>
        var built = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        var top = built.Parent!.Parent!.Parent!.Parent!.Parent!;
        return Path.Combine(top.FullName, "src", "MappaFlows.Functions", "bin", built.Parent!.Name, built.Name);
    }
}
