using MappaFlows.Tables;

namespace MappaFlows.DurableTask.Embedded.Engine.Storage;

/// <summary>Lists an instance that has activities in flight, so that a restart finds it without looking at those that sleep.</summary>
internal static class ReadyRow
{
    public static Dictionary<string, object> Create(string instanceId) => new(2) { ["Id"] = instanceId, ["Recoveries"] = 0 };

    /// <param name="recoveries">How often the instance was taken up by a restarted host since it last made progress.</param>
    /// <param name="since">When that was for the first time.</param>
    public static Dictionary<string, object> Create(string instanceId, int recoveries, DateTimeOffset since) =>
        new(3) { ["Id"] = instanceId, ["Recoveries"] = recoveries, ["Since"] = since };

    public static (string InstanceId, int Recoveries, DateTimeOffset? Since) Read(Entity entity) =>
        (entity.Need<string>("Id"), entity.Get("Recoveries", 0), entity.Properties.GetValueOrDefault("Since") as DateTimeOffset?);
}
