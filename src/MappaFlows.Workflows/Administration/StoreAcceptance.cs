namespace MappaFlows.Workflows.Administration;

/// <summary>Keeps on record that a store which lost data, or a restored backup, was accepted by whoever started the product.</summary>
public sealed class StoreAcceptance(CommandHandler<AdminLogState> handler)
{
    /// <summary>Nobody has signed in: who may start the product on this machine did it.</summary>
    private static readonly Person Starter = new("start", "Someone who starts MappaFlows on its machine", "", "", "", []);

    /// <param name="why">In the words of the person who started it.</param>
    public async Task RecordAsync(string why, CancellationToken cancellationToken = default)
    {
        var result = await handler.ExecuteAsync(Starter, AdminLogModel.Id, new AcceptStore(why), key: null, cancellationToken);
        if (result is not CommandResult<AdminLogState>.Done done) throw new InvalidOperationException("The acceptance of the store could not be recorded.");
        await handler.ExecuteAsync(
            Starter,
            AdminLogModel.Id,
            new CompleteAction(done.Sequence, IsDone: true, "MappaFlows was started with the store as it is."),
            key: null,
            cancellationToken);
    }
}
