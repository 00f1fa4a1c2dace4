using MappaFlows.Local.Clock;
using Microsoft.Extensions.Time.Testing;

namespace MappaFlows.Local.Tests.Clock;

/// <summary>A clock that runs on as the real one does, and can be moved ahead of it.</summary>
public sealed class MovableClockTests
{
    private readonly FakeTimeProvider _real = new(new DateTimeOffset(2026, 6, 1, 9, 0, 0, TimeSpan.Zero));

    [Fact]
    public void It_is_the_real_time_and_as_much_as_it_was_moved()
    {
        var clock = new MovableClock(real: _real);
        clock.MoveTo(_real.GetUtcNow().AddYears(10));
        _real.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(new DateTimeOffset(2036, 6, 1, 9, 5, 0, TimeSpan.Zero), clock.GetUtcNow());
    }

    [Fact]
    public void It_is_never_moved_back()
    {
        var clock = new MovableClock(real: _real);
        clock.MoveTo(_real.GetUtcNow().AddDays(-1));
        Assert.Equal(_real.GetUtcNow(), clock.GetUtcNow());
    }

    [Fact]
    public void A_timer_that_comes_due_by_a_move_fires_once_and_the_others_keep_their_time()
    {
        var clock = new MovableClock(real: _real);
        int soon = 0, late = 0;
        using var first = clock.CreateTimer(_ => soon++, null, TimeSpan.FromDays(5), Timeout.InfiniteTimeSpan);
        using var second = clock.CreateTimer(_ => late++, null, TimeSpan.FromDays(400), Timeout.InfiniteTimeSpan);
        clock.MoveTo(clock.GetUtcNow().AddDays(6));
        _real.Advance(TimeSpan.Zero);
        Assert.Equal((1, 0), (soon, late));

        clock.MoveTo(clock.GetUtcNow().AddDays(393));
        _real.Advance(TimeSpan.FromHours(23));
        Assert.Equal((1, 0), (soon, late));
        _real.Advance(TimeSpan.FromHours(1));
        Assert.Equal((1, 1), (soon, late));
    }

    [Fact]
    public void A_timer_further_off_than_a_timer_of_the_system_reaches_fires_at_its_time()
    {
        var clock = new MovableClock(real: _real);
        var fired = 0;
        using var timer = clock.CreateTimer(_ => fired++, null, TimeSpan.FromDays(365), Timeout.InfiniteTimeSpan);
        for (var day = 0; day < 364; day++) _real.Advance(TimeSpan.FromDays(1));
        Assert.Equal(0, fired);
        _real.Advance(TimeSpan.FromDays(1));
        Assert.Equal(1, fired);
    }

    [Fact]
    public void A_timer_that_was_put_off_or_disposed_does_not_fire()
    {
        var clock = new MovableClock(real: _real);
        var fired = 0;
        using var put = clock.CreateTimer(_ => fired++, null, TimeSpan.FromDays(1), Timeout.InfiniteTimeSpan);
        put.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        clock.CreateTimer(_ => fired++, null, TimeSpan.FromDays(1), Timeout.InfiniteTimeSpan).Dispose();
        clock.MoveTo(clock.GetUtcNow().AddDays(2));
        _real.Advance(TimeSpan.FromDays(2));
        Assert.Equal(0, fired);
    }

    [Fact]
    public void A_periodic_timer_fires_once_for_a_move_and_then_goes_on()
    {
        var clock = new MovableClock(real: _real);
        var fired = 0;
        using var timer = clock.CreateTimer(_ => fired++, null, TimeSpan.FromHours(1), TimeSpan.FromHours(1));
        clock.MoveTo(clock.GetUtcNow().AddYears(1));
        _real.Advance(TimeSpan.Zero);
        Assert.Equal(1, fired);
        _real.Advance(TimeSpan.FromHours(1));
        Assert.Equal(2, fired);
    }

    [Fact]
    public void Elapsed_time_is_that_of_the_same_clock()
    {
        var clock = new MovableClock(real: _real);
        var before = clock.GetTimestamp();
        clock.MoveTo(clock.GetUtcNow().AddDays(30));
        _real.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(TimeSpan.FromDays(30) + TimeSpan.FromSeconds(2), clock.GetElapsedTime(before));
    }

    [Fact]
    public void Its_file_keeps_it_over_a_restart_and_a_file_of_nonsense_is_refused()
    {
        using var data = new DataFolder();
        var file = Path.Combine(data.Path, "clock.json");
        new MovableClock(file, _real).MoveTo(_real.GetUtcNow().AddYears(3));
        Assert.Equal(_real.GetUtcNow().AddYears(3), new MovableClock(file, _real).GetUtcNow());
        File.WriteAllText(file, "yesterday");
        Assert.Throws<InvalidDataException>(() => new MovableClock(file, _real));
    }
}
