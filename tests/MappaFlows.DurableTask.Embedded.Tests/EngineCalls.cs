using MappaFlows.DurableTask.Embedded.Engine;
using Microsoft.DurableTask.Converters;

namespace MappaFlows.DurableTask.Embedded.Tests;

/// <summary>What the engine answers to a message, which the SDK's client does not tell.</summary>
internal static class EngineCalls
{
    /// <returns>Whether there was a live instance to take the event.</returns>
    public static async Task<bool> TryRaiseAsync(this EmbeddedHost host, string instanceId, string name, object? payload) =>
        await host.Engine.SendAsync(
            instanceId,
            new EventMessage(name, Payloads.Bytes(JsonDataConverter.Default.Serialize(payload))),
            CancellationToken.None) == Receipt.Accepted;
}
