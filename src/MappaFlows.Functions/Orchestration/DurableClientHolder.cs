using Microsoft.DurableTask.Client;

namespace MappaFlows.Functions.Orchestration;

/// <summary>
/// The client for those who start and wake orchestrations. The Functions host lends one only as an argument of a function that asks for it,
/// so every function that leads to our code takes one and leaves it here. The last one counts: a host that has restarted its listener
/// hands out clients of the new one.
/// </summary>
public sealed class DurableClientHolder : IDurableTaskClientProvider
{
    private DurableTaskClient? _client;

    /// <exception cref="InvalidOperationException">No function has run yet in this process.</exception>
    public DurableTaskClient GetClient(string? name = null) =>
        Volatile.Read(ref _client) ?? throw new InvalidOperationException("No function has brought a durable client yet.");

    public void Keep(DurableTaskClient client) => Volatile.Write(ref _client, client);
}
