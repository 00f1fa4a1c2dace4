using MappaFlows.Testing.Tables;

namespace MappaFlows.DurableTask.Embedded.Tests.Faults;

/// <summary>
/// How bad it gets: every kind of fault, at each commit and at each read. Commits and reads draw apart, so that one more read shifts no
/// commit's fault.
/// </summary>
internal static class Storm
{
    private static readonly Dictionary<Fault, double> CommitFaults = new()
    {
        [Fault.FailBefore] = 0.03,
        [Fault.FailAfter] = 0.03,
        [Fault.Delay] = 0.05,
        [Fault.Double] = 0.05,
        [Fault.Reorder] = 0.02,
    };

    private static readonly Dictionary<Fault, double> ReadFaults = new()
    {
        [Fault.FailBefore] = 0.02,
        [Fault.FailAfter] = 0.02,
        [Fault.Delay] = 0.03,
        [Fault.Double] = 0.03,
        [Fault.Reorder] = 0.01,
    };

    public static FaultPlan Of(int seed)
    {
        var commits = FaultPlan.Seeded(seed, CommitFaults);
        var reads = FaultPlan.Seeded(~seed, ReadFaults);
        return FaultPlan.Of(call => (call.Operation == StoreOperation.Commit ? commits : reads).FaultFor(call));
    }
}
