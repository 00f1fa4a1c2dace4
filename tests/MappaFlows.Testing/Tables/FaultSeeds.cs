using System.Globalization;

namespace MappaFlows.Testing.Tables;

/// <summary>
/// How long the tests that work by chance go on, and by which seeds. <c>MAPPAFLOWS_FAULT_ROUNDS</c> lengthens all of them: so many seeds,
/// so many times the random programs and commits; 1 where it is not given. <c>MAPPAFLOWS_FAULT_SEED</c> takes one seed, to see again what a
/// printed one showed.
/// </summary>
public static class FaultSeeds
{
    /// <summary>By how much the tests are lengthened; at least 1.</summary>
    public static int Rounds { get; } =
        Environment.GetEnvironmentVariable("MAPPAFLOWS_FAULT_ROUNDS") is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : 1;

    /// <summary>The seeds of a test: as many as there are rounds.</summary>
    public static IEnumerable<int> Take() =>
        Environment.GetEnvironmentVariable("MAPPAFLOWS_FAULT_SEED") is { Length: > 0 } seed
            ? [int.Parse(seed, CultureInfo.InvariantCulture)]
            : Enumerable.Range(0, Rounds).Select(_ => Random.Shared.Next());
}
