using System.Threading.Channels;
using MappaFlows.DurableTask.Embedded.Engine.Storage;
using MappaFlows.Tables;

namespace MappaFlows.DurableTask.Embedded.Engine.Work;

/// <summary>Something that wants to be durable, and to be told.</summary>
internal interface ICommit
{
    ChangeSet Changes { get; }

    void Committed();

    /// <summary>Nothing of it was stored; <paramref name="reason"/> is about these changes, or says that the lease is lost.</summary>
    void Refused(Exception reason);
}

/// <summary>One writer for the whole engine: all changes that came while a commit was under way go together into the next.</summary>
internal sealed class CommitQueue
{
    private readonly Channel<ICommit> _channel = Channel.CreateUnbounded<ICommit>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Journal _journal;
    private readonly CancellationTokenSource _stop = new();
    private readonly List<ICommit> _batch = [];
    private readonly List<Change> _changes = [];
    private readonly Task _loop;
    private ICommit? _heldOver;

    public CommitQueue(Journal journal)
    {
        _journal = journal;
        _loop = Task.Run(WriteAsync);
    }

    /// <summary>Completes when the queue has ended; faulted when it lost the lease.</summary>
    public Task Completion => _loop;

    public void Add(ICommit commit)
    {
        if (!_channel.Writer.TryWrite(commit))
            commit.Refused(new LeaseLostException());
    }

    /// <summary>Writes what is queued, then ends.</summary>
    public async Task CloseAsync()
    {
        _channel.Writer.TryComplete();
        await _loop.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Ends without writing what is queued.</summary>
    public Task AbortAsync()
    {
        _stop.Cancel();
        return CloseAsync();
    }

    private async Task WriteAsync()
    {
        try
        {
            while (_heldOver is not null || await _channel.Reader.WaitToReadAsync())
            {
                var bytes = TakeBatch();
                await CommitBatchAsync(bytes);
            }
        }
        catch (Exception e)
        {
            _channel.Writer.TryComplete();
            foreach (var commit in _batch)
                commit.Refused(e);
            _heldOver?.Refused(e);
            await foreach (var commit in _channel.Reader.ReadAllAsync())
                commit.Refused(e);
            throw;
        }
    }

    private int TakeBatch()
    {
        _batch.Clear();
        _changes.Clear();
        var bytes = 0;
        while ((_heldOver ?? (_channel.Reader.TryRead(out var read) ? read : null)) is { } next)
        {
            _heldOver = null;
            var fits = _changes.Count + next.Changes.Count <= Journal.Capacity && bytes + next.Changes.Bytes <= Journal.ByteCapacity;
            if (!fits && _batch.Count > 0)
            {
                _heldOver = next;
                break;
            }
            _batch.Add(next);
            _changes.AddRange(next.Changes.Changes);
            bytes += next.Changes.Bytes;
        }
        return bytes;
    }

    private async Task CommitBatchAsync(int bytes)
    {
        try
        {
            await _journal.CommitAsync(_changes, bytes, _stop.Token);
        }
        catch (TableStoreException) when (_batch.Count > 1)
        {
            // One of them is at fault; the others must not suffer for it.
            await CommitOneByOneAsync();
            return;
        }
        catch (TableStoreException e)
        {
            var refused = _batch[0];
            _batch.Clear();
            refused.Refused(e);
            return;
        }
        while (_batch.Count > 0)
        {
            var committed = _batch[0];
            _batch.RemoveAt(0);
            committed.Committed();
        }
    }

    private async Task CommitOneByOneAsync()
    {
        while (_batch.Count > 0)
        {
            var commit = _batch[0];
            try
            {
                await _journal.CommitAsync(commit.Changes.Changes, commit.Changes.Bytes, _stop.Token);
            }
            catch (TableStoreException e)
            {
                _batch.RemoveAt(0);
                commit.Refused(e);
                continue;
            }
            _batch.RemoveAt(0);
            commit.Committed();
        }
    }
}
