using Microsoft.Extensions.Logging.Abstractions;

namespace MappaFlows.Workflows.Tests;

internal static class TestRows
{
    /// <summary>For a list that a test makes by itself.</summary>
    public static UnreadableRows New() => new(NullLogger<UnreadableRows>.Instance, new ProductMetrics());
}
