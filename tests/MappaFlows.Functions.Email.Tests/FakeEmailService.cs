using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace MappaFlows.Functions.Email.Tests;

/// <summary>
/// The send operation of Azure Communication Services' REST API, on a loopback port: it accepts a message once for each operation id,
/// and fails as it is told to.
/// </summary>
public sealed class FakeEmailService : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, JsonElement> _accepted = new();
    private readonly ConcurrentQueue<Func<HttpContext, Task>> _faults = new();
    private readonly ConcurrentQueue<ReceivedRequest> _requests = new();

    private FakeEmailService(WebApplication app) => _app = app;

    public Uri Address => new(_app.Urls.Single());

    /// <summary>A connection string for this service. Its key is of no worth.</summary>
    public string ConnectionString => $"endpoint={Address};accesskey={Convert.ToBase64String(new byte[32])}";

    /// <summary>Messages that were taken, by operation id.</summary>
    public IReadOnlyDictionary<string, JsonElement> Accepted => _accepted;

    /// <summary>Every request that came, the first first.</summary>
    public IReadOnlyList<ReceivedRequest> Requests => [.. _requests];

    public static async Task<FakeEmailService> StartAsync()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseSetting("urls", "http://127.0.0.1:0");
        var app = builder.Build();
        var service = new FakeEmailService(app);
        app.Use(service.NoteAsync);
        app.MapPost("/emails:send", service.SendAsync);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return service;
    }

    /// <summary>The next request is answered so, and its message is not taken.</summary>
    public void AnswerOnce(int status, params (string Name, string Value)[] headers) => _faults.Enqueue(async context =>
    {
        context.Response.StatusCode = status;
        foreach (var (name, value) in headers)
            context.Response.Headers[name] = value;
        await context.Response.WriteAsJsonAsync(new { error = new { code = "TestFault", message = "reader@example.test must not be kept" } });
    });

    /// <summary>The next message is taken, and the connection breaks before the answer.</summary>
    public void DropOnceAfterAccepting() => _faults.Enqueue(async context =>
    {
        await AcceptAsync(context);
        context.Abort();
    });

    /// <summary>The next message is taken, and the answer says so but is not of the form that the service promises.</summary>
    public void AcceptOnceSaying(string body) => _faults.Enqueue(async context =>
    {
        await AcceptAsync(context);
        context.Response.StatusCode = StatusCodes.Status202Accepted;
        await context.Response.WriteAsync(body);
    });

    /// <summary>The next message is not answered for as long as the client stays.</summary>
    public void KeepSilentOnce() => _faults.Enqueue(context =>
    {
        var gone = new TaskCompletionSource();
        context.RequestAborted.Register(gone.SetResult);
        return gone.Task;
    });

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private Task NoteAsync(HttpContext context, RequestDelegate next)
    {
        _requests.Enqueue(
            new(context.Request.Method, context.Request.Path, OperationId(context), context.Request.Headers.Authorization.ToString()));
        return next(context);
    }

    private async Task SendAsync(HttpContext context)
    {
        if (_faults.TryDequeue(out var fault))
        {
            await fault(context);
            return;
        }

        if (!await AcceptAsync(context))
        {
            context.Response.StatusCode = StatusCodes.Status409Conflict;
            await context.Response.WriteAsJsonAsync(new { error = new { code = "OperationIdAlreadyUsed", message = "" } });
            return;
        }

        var id = OperationId(context);
        context.Response.StatusCode = StatusCodes.Status202Accepted;
        context.Response.Headers["Operation-Location"] = new Uri(Address, $"/emails/operations/{id}?api-version=2025-09-01").ToString();
        context.Response.Headers.RetryAfter = "30";
        await context.Response.WriteAsJsonAsync(new { id, status = "Running" });
    }

    private async Task<bool> AcceptAsync(HttpContext context) =>
        _accepted.TryAdd(OperationId(context), await context.Request.ReadFromJsonAsync<JsonElement>());

    private static string OperationId(HttpContext context) => context.Request.Headers["Operation-Id"].ToString();
}

/// <summary>What the tests look at of a request.</summary>
public sealed record ReceivedRequest(string Method, string Path, string OperationId, string Authorization);
