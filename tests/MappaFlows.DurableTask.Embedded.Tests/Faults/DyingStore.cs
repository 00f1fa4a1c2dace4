using MappaFlows.Tables;

namespace MappaFlows.DurableTask.Embedded.Tests.Faults;

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
/// <param name="isIt">Asked at each commit, in turn, until it says yes.</param>
internal sealed class DyingStore(ITableStore inner, Func<StoreCommit, bool> isIt, Moment moment, Action die) : ITableStore
{
    private readonly TaskCompletionSource _died = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _gate = new();
    private bool _found;

    /// <param name="atCommit">The number of the commit to die at, from 1.</param>
    public DyingStore(ITableStore inner, int atCommit, Moment moment, Action die)
        : this(inner, _ => --atCommit == 0, moment, die)
    {
    }

    public Task Died => _died.Task;

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
        var last = IsLast(new StoreCommit(table, changes));
        if (last && moment == Moment.Before)
            Die();
        var etags = await inner.CommitAsync(table, partition, changes, cancellationToken);
        if (last)
            Die();
        ThrowIfDead();
        return etags;
    }

    private bool IsLast(StoreCommit commit)
    {
        lock (_gate)
            return !_found && (_found = isIt(commit));
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

/// <summary>A commit as the store is asked for it.</summary>
internal sealed record StoreCommit(string Table, IReadOnlyList<Change> Changes);

/// <summary>The one who asks is dead.</summary>
internal sealed class DeadException() : Exception("Nobody is there any more.");
