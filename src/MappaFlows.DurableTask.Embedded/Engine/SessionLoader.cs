using MappaFlows.DurableTask.Embedded.Engine.History;
using MappaFlows.DurableTask.Embedded.Engine.Storage;
using MappaFlows.Tables;

namespace MappaFlows.DurableTask.Embedded.Engine;

/// <summary>Reads an instance from the store into memory.</summary>
internal sealed class SessionLoader(ITableStore store, string table)
{
    /// <summary>How often an instance is read that cannot be understood, before it is given up.</summary>
    public const int Attempts = 3;

    /// <exception cref="HistoryCorruptException">What is stored cannot be understood.</exception>
    public async Task LoadAsync(Session session, CancellationToken cancellationToken)
    {
        for (var attempt = 1; !session.IsLoaded; attempt++)
        {
            try
            {
                await ReadAsync(session, cancellationToken);
                session.IsLoaded = true;
            }
            catch (HistoryCorruptException) when (attempt < Attempts)
            {
                session.Forget();
            }
        }
    }

    private async Task ReadAsync(Session session, CancellationToken cancellationToken)
    {
        if (await store.GetAsync(table, Keys.Partition, Keys.Head(session.InstanceId), cancellationToken) is not { } entity)
            return;
        session.Head = Head.From(entity);
        if (!session.Head.IsLive)
            return;
        (session.Stored, session.Rows) = await TurnRows.ReadAsync(
            store,
            table,
            session.InstanceId,
            session.Head.Generation,
            cancellationToken);
    }
}
