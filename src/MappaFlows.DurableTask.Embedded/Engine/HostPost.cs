using MappaFlows.DurableTask.Embedded.Engine.Storage;
using MappaFlows.Tables;

namespace MappaFlows.DurableTask.Embedded.Engine;

/// <summary>How a host that stands by sends a message: it leaves it in the store, where the host with the lease finds it.</summary>
internal sealed class HostPost(ITableStore store, EmbeddedDurableTaskOptions options)
{
    public async Task<Head?> HeadAsync(string instanceId, CancellationToken cancellationToken) =>
        await store.GetAsync(options.Table, Keys.Partition, Keys.Head(instanceId), cancellationToken) is { } entity
            ? Head.From(entity)
            : null;

    /// <returns>What became of the message; a start's answer is awaited, for it may be refused.</returns>
    public async Task<Receipt> SendAsync(string instanceId, Message message, CancellationToken cancellationToken)
    {
        var head = await HeadAsync(instanceId, cancellationToken);
        var live = head is { IsLive: true };
        switch (message)
        {
            case StartMessage starts when head is not null && starts.Dedupe.Contains(head.Status):
                return Receipt.AlreadyExists;
            case PurgeMessage when live:
                return Receipt.NotEnded;
            case PurgeMessage or RetryMessage when head is null:
            case EventMessage or SuspendMessage or ResumeMessage or TerminateMessage when !live:
                return Receipt.NoLiveInstance;
        }
        var row = Keys.Post(options.HostTime.GetUtcNow(), Guid.NewGuid());
        await store.CommitAsync(
            options.Table,
            Keys.Partition,
            [new Insert(row, MessageRow.Encode(instanceId, message))],
            cancellationToken);
        if (message is not StartMessage start)
            return Receipt.Accepted;

        while (await store.GetAsync(options.Table, Keys.Partition, row, cancellationToken) is not null)
            await Task.Delay(options.PollInterval / 4, options.HostTime, cancellationToken);
        return await HeadAsync(instanceId, cancellationToken) is { } now
            && now.Origin != start.Execution
            && start.Dedupe.Contains(now.Status)
            ? Receipt.AlreadyExists
            : Receipt.Accepted;
    }
}
