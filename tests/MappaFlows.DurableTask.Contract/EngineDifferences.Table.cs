using static MappaFlows.DurableTask.Contract.Engines;

namespace MappaFlows.DurableTask.Contract;

public static partial class EngineDifferences
{
    /// <summary>What an engine cannot do for a test. Every test that needs it is skipped with the sentence.</summary>
    public static IReadOnlyList<(EngineCapabilities Capability, string Engine, string Sentence)> Lacking { get; } =
    [
        (EngineCapabilities.VirtualTime, InProcessTestHost, "Its time is real, so tests of more than seconds are skipped."),
        (EngineCapabilities.VirtualTime, AzureStorage, "Its time is real, so tests of more than seconds are skipped."),
        (EngineCapabilities.Restart, InProcessTestHost, "It keeps all in memory, so tests of a restart are skipped."),
        (EngineCapabilities.ManyInstances, InProcessTestHost, "It ends about one instance a second when several run at once, so tests of many are skipped."),
        (EngineCapabilities.ManyInstances, AzureStorage, "It takes too long over many instances in the storage emulator, so tests of many are skipped."),
    ];

    /// <summary>The tests that an engine does not pass.</summary>
    public static IReadOnlyList<EngineDifference> All { get; } =
    [
    ];
}
