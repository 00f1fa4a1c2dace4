using MappaFlows.DurableTask.Embedded.Engine.History;

namespace MappaFlows.DurableTask.Embedded.Engine.Replay;

/// <summary>A task that the orchestration asked for and that has not ended.</summary>
internal abstract class OpenTask(Requested request)
{
    public Requested Request { get; } = request;

    /// <summary>What cancels the task; undone when it ends, for a token may live longer.</summary>
    public CancellationTokenRegistration Registration { get; set; }

    public abstract void Complete(byte[]? result);

    /// <summary>Whether another attempt could only fail too.</summary>
    public bool FailedForGood { get; protected set; }

    public abstract void Fail(Exception exception, bool isFinal);
}

/// <remarks>
/// The completion source runs its continuations inline, on purpose: <c>Task.WhenAny</c> and <c>WhenAll</c> would otherwise send
/// theirs to the thread pool, out of the turn.
/// </remarks>
internal sealed class OpenTask<T>(Requested request, Func<byte[]?, T> decode) : OpenTask(request)
{
    private readonly TaskCompletionSource<T> _source = new();

    public Task<T> Task => _source.Task;

    public override void Complete(byte[]? result)
    {
        Registration.Unregister();
        T value;
        try
        {
            value = decode(result);
        }
        catch (Exception e)
        {
            _source.TrySetException(e);
            return;
        }
        _source.TrySetResult(value);
    }

    public override void Fail(Exception exception, bool isFinal)
    {
        FailedForGood = isFinal;
        Registration.Unregister();
        _source.TrySetException(exception);
    }

    public void Cancel(CancellationToken cancellationToken) => _source.TrySetCanceled(cancellationToken);
}
