namespace MappaFlows.Local.Demo;

/// <summary>The clock of the demo's past. The seeder sets it.</summary>
internal sealed class SeedingClock : TimeProvider
{
    public DateTimeOffset Now { get; set; }

    public override DateTimeOffset GetUtcNow() => Now;
}
