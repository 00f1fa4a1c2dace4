using MappaFlows.Tables;

namespace MappaFlows.Durable.Engine.Storage;

/// <summary>Lists an instance that has activities in flight, so that a restart finds it without looking at those that sleep.</summary>
internal static class ReadyRow
{
    /// <param name="recoveries">How often the instance was taken up by a restarted host since it last made progress.</param>
    public static Dictionary<string, object> Create(string instanceId, int recoveries) => new(2) { ["Id"] = instanceId, ["Recoveries"] = recoveries };

    public static (string InstanceId, int Recoveries) Read(Entity entity) => (entity.Need<string>("Id"), entity.Get("Recoveries", 0));
}
