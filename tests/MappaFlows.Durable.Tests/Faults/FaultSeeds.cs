using System.Globalization;

namespace MappaFlows.Durable.Tests.Faults;

/// <summary>
/// The seeds of the tests that work by chance: one new one a run; as many as <c>MAPPAFLOWS_FAULT_ROUNDS</c> says; or the one in
/// <c>MAPPAFLOWS_FAULT_SEED</c>, to see again what a printed seed showed.
/// </summary>
internal static class FaultSeeds
{
    public static IEnumerable<int> Take()
    {
        if (Environment.GetEnvironmentVariable("MAPPAFLOWS_FAULT_SEED") is { Length: > 0 } seed)
            return [int.Parse(seed, CultureInfo.InvariantCulture)];
        var rounds = Environment.GetEnvironmentVariable("MAPPAFLOWS_FAULT_ROUNDS") is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : 1;
        return Enumerable.Range(0, rounds).Select(_ => Random.Shared.Next());
    }
}
