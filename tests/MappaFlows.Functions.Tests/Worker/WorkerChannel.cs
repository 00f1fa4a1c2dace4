using System.Collections.Concurrent;
using System.Threading.Channels;
using Grpc.Core;
using MappaFlows.Functions.Tests.Worker.Protocol;

namespace MappaFlows.Functions.Tests.Worker;

/// <summary>The host's end of the one stream between a host and its worker. A worker answers with the id of what it was asked.</summary>
internal sealed class WorkerChannel : FunctionRpc.FunctionRpcBase
{
    private readonly Channel<StreamingMessage> _outgoing = Channel.CreateUnbounded<StreamingMessage>();
    private readonly ConcurrentDictionary<string, TaskCompletionSource<StreamingMessage>> _asked = new();
    private readonly ConcurrentQueue<RpcLog> _logs = new();
    private readonly TaskCompletionSource<string> _started = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The id that the worker gave as its own when it had connected.</summary>
    public Task<string> Started => _started.Task;

    /// <summary>What the worker told the host to log.</summary>
    public IReadOnlyList<RpcLog> Logs => [.. _logs];

    /// <summary>Sends a message and waits for the answer to it.</summary>
    public Task<StreamingMessage> AskAsync(StreamingMessage message)
    {
        message.RequestId = Guid.NewGuid().ToString();
        var answer = new TaskCompletionSource<StreamingMessage>(TaskCreationOptions.RunContinuationsAsynchronously);
        _asked[message.RequestId] = answer;
        Send(message);
        return answer.Task;
    }

    /// <summary>Sends a message that has no answer.</summary>
    public void Send(StreamingMessage message) => _outgoing.Writer.TryWrite(message);

    public override async Task EventStream(
        IAsyncStreamReader<StreamingMessage> requestStream,
        IServerStreamWriter<StreamingMessage> responseStream,
        ServerCallContext context)
    {
        try
        {
            await await Task.WhenAny(
                ReadAsync(requestStream, context.CancellationToken),
                WriteAsync(responseStream, context.CancellationToken));
        }
        catch (Exception failure) when (failure is OperationCanceledException or IOException)
        {
            // The worker is gone.
        }
        finally
        {
            foreach (var waiting in _asked.Values) waiting.TrySetException(new InvalidOperationException("The worker's stream has ended."));
        }
    }

    private async Task ReadAsync(IAsyncStreamReader<StreamingMessage> incoming, CancellationToken cancellationToken)
    {
        await foreach (var message in incoming.ReadAllAsync(cancellationToken))
        {
            if (message.ContentCase == StreamingMessage.ContentOneofCase.StartStream) _started.TrySetResult(message.StartStream.WorkerId);
            else if (message.ContentCase == StreamingMessage.ContentOneofCase.RpcLog) _logs.Enqueue(message.RpcLog);
            else if (_asked.TryRemove(message.RequestId, out var answer)) answer.TrySetResult(message);
        }
    }

    private async Task WriteAsync(IServerStreamWriter<StreamingMessage> outgoing, CancellationToken cancellationToken)
    {
        await foreach (var message in _outgoing.Reader.ReadAllAsync(cancellationToken))
            await outgoing.WriteAsync(message, cancellationToken);
    }
}
