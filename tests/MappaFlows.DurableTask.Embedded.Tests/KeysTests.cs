using MappaFlows.DurableTask.Embedded.Engine.Storage;

namespace MappaFlows.DurableTask.Embedded.Tests;

public sealed class KeysTests
{
    [Fact]
    public void Messages_that_a_run_carries_over_are_read_before_every_other_and_in_their_own_order()
    {
        var old = Keys.Message(1, 5);
        var carried = new[] { Keys.CarriedMessage(Keys.Message(1, 7)), Keys.CarriedMessage(Keys.Message(1, 8)) };

        Assert.Equal([.. carried, old], new[] { old, carried[1], carried[0] }.Order(StringComparer.Ordinal));
    }
}
