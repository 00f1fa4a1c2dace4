
namespace MappaFlows.Local.Clock;

/// <summary>Tells every page when the product's time is not the real one.</summary>
internal sealed class ClockNotice(MovableClock clock) : IClockNotice
{
    public DateTimeOffset? MovedTo => clock.Offset > TimeSpan.Zero ? clock.GetUtcNow() : null;
}
