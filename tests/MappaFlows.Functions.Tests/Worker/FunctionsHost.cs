using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Text.Json;
using MappaFlows.Functions.Tests.Worker.Protocol;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace MappaFlows.Functions.Tests.Worker;

/// <summary>
/// As much of a Functions host as a worker needs: starts it, asks which functions it has, loads each, and calls them. It has no triggers
/// of its own but HTTP, and no storage.
/// </summary>
internal sealed class FunctionsHost : IAsyncDisposable
{
    /// <summary>Tells the worker which call a request belongs to.</summary>
    private const string InvocationIdHeader = "x-ms-invocation-id";

    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(50);

    private readonly WebApplication _app;
    private readonly WorkerChannel _channel;
    private readonly HttpClient _toWorker = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });
    private readonly ConcurrentDictionary<string, RpcFunctionMetadata> _functions = new();
    private Uri? _workerAddress;

    private FunctionsHost(WebApplication app, WorkerChannel channel, WorkerProcess worker) =>
        (_app, _channel, Worker) = (app, channel, worker);

    public WorkerProcess Worker { get; }

    /// <summary>Where people reach the site.</summary>
    public Uri Address => new(_app.Urls.First());

    public TaskHub TaskHub => _app.Services.GetRequiredService<TaskHub>();

    /// <summary>What the worker told the host to log.</summary>
    public IReadOnlyList<RpcLog> Logs => _channel.Logs;

    /// <summary>The functions that the worker has, by name.</summary>
    public IReadOnlyDictionary<string, RpcFunctionMetadata> Functions => _functions;

    private string RpcAddress => _app.Urls.Last();

    /// <summary>Starts a worker, and waits for nothing.</summary>
    public static async Task<FunctionsHost> LaunchAsync(IReadOnlyDictionary<string, string> settings)
    {
        var channel = new WorkerChannel();
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(System.Net.IPAddress.Loopback, 0, site => site.Protocols = HttpProtocols.Http1);
            kestrel.Listen(System.Net.IPAddress.Loopback, 0, rpc => rpc.Protocols = HttpProtocols.Http2);
        });
        builder.Services.AddGrpc(grpc => grpc.MaxReceiveMessageSize = null);
        builder.Services.AddSingleton(channel);
        builder.Services.AddSingleton<TaskHub>();
        var app = builder.Build();
        app.MapGrpcService<WorkerChannel>();
        app.MapGrpcService<TaskHub>();
        FunctionsHost? host = null;
        app.Map("{*path}", (HttpContext context) => host!.ForwardAsync(context));
        try
        {
            await app.StartAsync(TestContext.Current.CancellationToken);
            host = new FunctionsHost(app, channel, WorkerProcess.Start(new Uri(app.Urls.Last()), settings));
            return host;
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts a worker and loads its functions.</summary>
    public static async Task<FunctionsHost> StartAsync(IReadOnlyDictionary<string, string> settings)
    {
        var host = await LaunchAsync(settings);
        try
        {
            await host.LoadAsync();
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <summary>Calls a function.</summary>
    /// <param name="function">Its name.</param>
    /// <param name="trigger">What its trigger brings.</param>
    /// <param name="metadata">What the trigger says besides.</param>
    /// <param name="invocationId">The id of the call.</param>
    public async Task<InvocationResponse> InvokeAsync(
        string function,
        TypedData trigger,
        IReadOnlyDictionary<string, string>? metadata = null,
        string? invocationId = null)
    {
        var called = _functions[function];
        var request = new InvocationRequest
        {
            FunctionId = called.FunctionId,
            InvocationId = invocationId ?? Guid.NewGuid().ToString(),
            TraceContext = new(),
        };
        foreach (var (name, binding) in called.Bindings)
        {
            if (binding.Type.EndsWith("Trigger", StringComparison.OrdinalIgnoreCase))
                request.InputData.Add(new ParameterBinding { Name = name, Data = trigger });
            else if (binding.Type == "durableClient") request.InputData.Add(new ParameterBinding { Name = name, Data = DurableClient() });
        }

        foreach (
            var (name, value) in metadata ?? new Dictionary<string, string>())
        {
            request.TriggerMetadata[name] = new TypedData { String = value };
        }

        return (await AskAsync(new StreamingMessage { InvocationRequest = request })).InvocationResponse;
    }

    /// <summary>Whether the worker answers.</summary>
    public async Task<bool> IsThereAsync() =>
        (
            await AskAsync(new StreamingMessage
            {
                WorkerStatusRequest =
                new()
            })).ContentCase == StreamingMessage.ContentOneofCase.WorkerStatusResponse;

    /// <summary>Tells the worker to end.</summary>
    public void Terminate() => _channel.Send(new StreamingMessage { WorkerTerminate = new() { GracePeriod = new() { Seconds = 5 } } });

    public async ValueTask DisposeAsync()
    {
        await Worker.DisposeAsync();
        await _app.DisposeAsync();
        _toWorker.Dispose();
    }

    private async Task LoadAsync()
    {
        Assert.Equal(WorkerProcess.WorkerId, await Worker.WhileItRunsAsync(_channel.Started));

        var init = (await AskAsync(new StreamingMessage
        {
            WorkerInitRequest = new()
            {
                HostVersion = "4.0.0",
                WorkerDirectory = WorkerProcess.Folder,
                FunctionAppDirectory = WorkerProcess.Folder,
            },
        })).WorkerInitResponse;
        Assert.Equal(StatusResult.Types.Status.Success, init.Result.Status);
        _workerAddress = new Uri(init.Capabilities["HttpUri"]);

        var told = (
            await AskAsync(new StreamingMessage
            {
                FunctionsMetadataRequest =
                new() { FunctionAppDirectory = WorkerProcess.Folder }
            })).FunctionMetadataResponse;
        Assert.Equal(StatusResult.Types.Status.Success, told.Result.Status);
        foreach (var function in told.FunctionMetadataResults) await LoadAsync(function);
        Assert.True(await Worker.WhileItRunsAsync(ListensAsync(_workerAddress)));
    }

    /// <summary>The worker's own server may come up after its functions are loaded.</summary>
    private static async Task<bool> ListensAsync(Uri address)
    {
        while (true)
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(address.Host, address.Port, TestContext.Current.CancellationToken);
                return true;
            }
            catch (SocketException)
            {
                await Task.Delay(LookEvery, TestContext.Current.CancellationToken);
            }
        }
    }

    private async Task LoadAsync(RpcFunctionMetadata function)
    {
        function.FunctionId = Guid.NewGuid().ToString();
        var answer = await AskAsync(
            new StreamingMessage { FunctionLoadRequest = new() { FunctionId = function.FunctionId, Metadata = function } });
        Assert.Equal(
            (function.FunctionId, StatusResult.Types.Status.Success),
            (answer.FunctionLoadResponse.FunctionId, answer.FunctionLoadResponse.Result.Status));
        Assert.True(_functions.TryAdd(function.Name, function), $"There are two functions named {function.Name}.");
    }

    private Task<StreamingMessage> AskAsync(StreamingMessage message) => Worker.WhileItRunsAsync(_channel.AskAsync(message));

    private TypedData DurableClient() => new()
    {
        String = JsonSerializer.Serialize(
            new { taskHubName = "MappaFlows", connectionName = "AzureWebJobsStorage", rpcBaseUrl = RpcAddress, maxGrpcMessageSizeInBytes = int.MaxValue }),
    };

    /// <summary>The request goes to the worker's own server; the call that it belongs to goes over the stream.</summary>
    private async Task ForwardAsync(HttpContext context)
    {
        var invocation = Guid.NewGuid().ToString();
        using var request = new HttpRequestMessage(
            new HttpMethod(context.Request.Method),
            new Uri(_workerAddress!, context.Request.Path + context.Request.QueryString));
        if (context.Request.ContentLength is > 0 || context.Request.Headers.TransferEncoding.Count > 0)
            request.Content = new StreamContent(context.Request.Body);
        foreach (var (name, values) in context.Request.Headers)
        {
            if (!request.Headers.TryAddWithoutValidation(name, values.AsEnumerable()))
                request.Content?.Headers.TryAddWithoutValidation(name, values.AsEnumerable());
        }

        request.Headers.Add(InvocationIdHeader, invocation);
        var call = InvokeAsync(
            "Site",
            new TypedData { Http = new() { Method = context.Request.Method, Url = request.RequestUri!.ToString() } },
            invocationId: invocation);
        using var answer = await _toWorker.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, context.RequestAborted);
        context.Response.StatusCode = (int)answer.StatusCode;
        foreach (var (name, values) in answer.Headers.Concat(answer.Content.Headers))
        {
            if (name != "Transfer-Encoding") context.Response.Headers[name] = values.ToArray();
        }

        await answer.Content.CopyToAsync(context.Response.Body, context.RequestAborted);
        Assert.Equal(StatusResult.Types.Status.Success, (await call).Result.Status);
    }
}
