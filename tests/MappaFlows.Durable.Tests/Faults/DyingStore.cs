using MappaFlows.Tables;

namespace MappaFlows.Durable.Tests.Faults;

/// <summary>When the store's user dies, counted in commits.</summary>
public enum Moment
{
    Before,
    After,
}

/// <summary>
/// A store whose user dies at a chosen commit: from then on nothing comes back and nothing more is written. What dying means is the
/// caller's: in a process of its own it is a kill.
/// </summary>
internal sealed class DyingStore(ITableStore inner, int atCommit, Moment moment, Action die) : ITableStore
{
    private readonly TaskCompletionSource _died = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _commits;

    public Task Died => _died.Task;

    public int Commits => Volatile.Read(ref _commits);

    public async ValueTask<Entity?> GetAsync(string table, string partition, string row, CancellationToken cancellationToken = default)
    {
        ThrowIfDead();
        return await inner.GetAsync(table, partition, row, cancellationToken);
    }

    public async ValueTask<EntityPage> QueryAsync(
        string table, string partition, RowRange range, int take, string? continuation, CancellationToken cancellationToken)
    {
        ThrowIfDead();
        return await inner.QueryAsync(table, partition, range, take, continuation, cancellationToken);
    }

    public async ValueTask<IReadOnlyList<string>> CommitAsync(
        string table, string partition, IReadOnlyList<Change> changes, CancellationToken cancellationToken = default)
    {
        ThrowIfDead();
        var last = Interlocked.Increment(ref _commits) == atCommit;
        if (last && moment == Moment.Before)
            Die();
        var etags = await inner.CommitAsync(table, partition, changes, cancellationToken);
        if (last)
            Die();
        ThrowIfDead();
        return etags;
    }

    private void Die()
    {
        _died.TrySetResult();
        die();
        ThrowIfDead();
    }

    private void ThrowIfDead()
    {
        if (_died.Task.IsCompleted)
            throw new DeadException();
    }
}

/// <summary>The one who asks is dead.</summary>
internal sealed class DeadException() : Exception("Nobody is there any more.");
