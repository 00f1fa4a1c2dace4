using DurableTask.Core.Exceptions;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace MappaFlows.DurableTask.Contract;

public abstract partial class DurableTaskContract
{
    [Fact]
    public async Task An_id_may_be_used_again_after_its_instance_has_ended()
    {
        await using var engine = await StartAsync(Wait);
        foreach (var input in new[] { "1", "2", "3" })
        {
            await StartAsync(engine, "Echo", input, "again");
            Assert.Equal(input, await ResultAsync<string>(engine, "again"));
        }
    }

    [Fact]
    public async Task An_instance_that_is_to_start_later_waits_and_keeps_the_events_that_come_before()
    {
        await using var engine = await StartAsync(Wait);
        var id = await engine.Client.ScheduleNewOrchestrationInstanceAsync(
            "Wait", "", new StartOrchestrationOptions("later", StartAt: engine.Now + (2 * Unit(engine))));
        Assert.Equal(OrchestrationRuntimeStatus.Pending, (await StateAsync(engine, id)).RuntimeStatus);
        await engine.Client.RaiseEventAsync(id, "Signal", "early");
        await engine.AdvanceAsync(2 * Unit(engine));

        Assert.Equal("early", await ResultAsync<string>(engine, id));
    }

}
