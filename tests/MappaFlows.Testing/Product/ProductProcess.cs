using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace MappaFlows.Testing.Product;

/// <summary>
/// The real product as a process of its own, which can be killed. The test project has to reference <c>MappaFlows.Local</c>, so that the
/// program lies beside the tests.
/// </summary>
public sealed class ProductProcess : IAsyncDisposable
{
    private const string PersonHeader = "X-Local-Person";
    private const int Terminate = 15;

    /// <summary>
    /// A limit and no measure: on a busy machine the first start with Azurite waits minutes for npm. One that ends early is noticed at
    /// once.
    /// </summary>
    private static readonly TimeSpan StartWithin = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan StopWithin = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(50);

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _output = new();
    private readonly ConcurrentQueue<string> _errors = new();

    private ProductProcess(Process process, Uri address)
    {
        _process = process;
        Address = address;
        Client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = address };
    }

    public Uri Address { get; }

    /// <summary>Nobody's client, which follows no redirect.</summary>
    public HttpClient Client { get; }

    /// <summary>What it wrote for people and into its log.</summary>
    public string Output => string.Join('\n', _output);

    /// <summary>What it wrote to its error stream.</summary>
    public string Errors => string.Join('\n', _errors);

    /// <summary>Starts it on a free loopback port and waits until <c>/health</c> says ready.</summary>
    /// <param name="data">Its data folder.</param>
    /// <param name="options">More options. Without <c>--demo</c> the store gets people and no cases.</param>
    public static async Task<ProductProcess> StartAsync(string data, params IReadOnlyList<string> options)
    {
        var product = Launch(data, options);
        try
        {
            await product.WaitForAsync("/health");
            return product;
        }
        catch
        {
            await product.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts it without waiting for anything.</summary>
    public static ProductProcess Launch(string data, params IReadOnlyList<string> options)
    {
        var address = new Uri($"http://127.0.0.1:{FreePort().ToString(CultureInfo.InvariantCulture)}");
        List<string> arguments = ["--urls", address.ToString(), "--data", data, .. options];
        if (!options.Any(option => option.StartsWith("--demo", StringComparison.Ordinal))) arguments.AddRange(["--demo", "none"]);
        return Run(arguments, address);
    }

    /// <summary>Runs it with exactly these arguments, until it ends by itself.</summary>
    public static async Task<(int ExitCode, string Output, string Errors)> RunToEndAsync(params IReadOnlyList<string> arguments)
    {
        await using var product = Run(arguments, new Uri("http://127.0.0.1"));
        return (await product.WaitForExitAsync(), product.Output, product.Errors);
    }

    /// <summary>A program's client that names this person with every request.</summary>
    public HttpClient As(string personId)
    {
        var client = new HttpClient { BaseAddress = Address };
        client.DefaultRequestHeaders.Add(PersonHeader, personId);
        return client;
    }

    /// <summary>Waits until a path answers with success.</summary>
    public async Task WaitForAsync(string path)
    {
        var started = Stopwatch.StartNew();
        while (started.Elapsed < StartWithin && !_process.HasExited)
        {
            try
            {
                using var response = await Client.GetAsync(path);
                if (response.IsSuccessStatusCode) return;
            }
            catch (HttpRequestException)
            {
                // Not there yet.
            }

            await Task.Delay(LookEvery);
        }

        throw new InvalidOperationException($"The product did not answer {path}. It said:\n{Output}\n{Errors}");
    }

    /// <summary>Ends it without a warning, as a power cut does.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>Asks it to stop, as Ctrl+C does.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> StopAsync()
    {
        if (Signal(_process.Id, Terminate) != 0) throw new InvalidOperationException("The product could not be asked to stop.");
        return await WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (!_process.HasExited) await KillAsync();
        _process.Dispose();
    }

    private static ProductProcess Run(IEnumerable<string> arguments, Uri address)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["ASPNETCORE_ENVIRONMENT"] = "Development", ["ASPNETCORE_URLS"] = null, ["Email__InWorkingHours"] = "false" },
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "MappaFlows.Local.dll"));
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        var process = new Process { StartInfo = start };
        var product = new ProductProcess(process, address);
        process.OutputDataReceived += (_, line) => Keep(product._output, line.Data);
        process.ErrorDataReceived += (_, line) => Keep(product._errors, line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return product;

        static void Keep(ConcurrentQueue<string> lines, string? line)
        {
            if (line is not null) lines.Enqueue(line);
        }
    }

    private async Task<int> WaitForExitAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(StopWithin);
        return _process.ExitCode;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int Signal(int process, int signal);
}
