using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace MappaFlows.DurableTask.Contract;

public abstract partial class DurableTaskContract
{
    [Fact]
    public async Task SetCustomStatus_null_clears_the_status()
    {
        await using var engine = await StartAsync(r => r.AddOrchestratorFunc<int, int>("Main", async (c, _) =>
        {
            c.SetCustomStatus("set");
            await c.WaitForExternalEvent<int>("Signal");
            c.SetCustomStatus(null);
            return await c.WaitForExternalEvent<int>("Signal");
        }));
        var id = await StartAsync(engine, "Main", 0);
        await UntilAsync(engine, id, state => state.ReadCustomStatusAs<string>() == "set");

        await engine.Client.RaiseEventAsync(id, "Signal", 1);

        await UntilAsync(engine, id, state => state.ReadCustomStatusAs<string>() is null);
    }

    [Fact]
    public async Task A_custom_status_does_not_carry_over_ContinueAsNew()
    {
        await using var engine = await StartAsync(r => r.AddOrchestratorFunc<int, int>("Main", async (c, run) =>
        {
            if (run > 0) return await c.WaitForExternalEvent<int>("Signal");
            c.SetCustomStatus("first");
            await c.WaitForExternalEvent<int>("Signal");
            c.ContinueAsNew(run + 1);
            return run;
        }));
        var id = await StartAsync(engine, "Main", 0);
        await UntilAsync(engine, id, state => state.ReadCustomStatusAs<string>() == "first");

        await engine.Client.RaiseEventAsync(id, "Signal", 1);

        await UntilAsync(engine, id, state => state.ReadCustomStatusAs<string>() is null);
    }

    [Fact]
    public async Task A_custom_status_stays_when_the_instance_has_ended()
    {
        await using var engine = await StartAsync(r => r.AddOrchestratorFunc<int, int>("Main", (c, n) =>
        {
            c.SetCustomStatus(new { Stage = "done" });
            return Task.FromResult(n);
        }));

        Assert.Contains("done", (await EndAsync(engine, await StartAsync(engine, "Main", 0))).SerializedCustomStatus);
    }

    [Fact]
    public async Task Inputs_and_outputs_are_left_out_unless_asked_for()
    {
        await using var engine = await StartAsync(Wait);
        var id = await StartAsync(engine, "Echo", "x");
        await EndAsync(engine, id);

        var without = await engine.Client.GetInstanceAsync(id, TestContext.Current.CancellationToken);
        var with = await engine.Client.GetInstanceAsync(id, getInputsAndOutputs: true, TestContext.Current.CancellationToken);

        Assert.Throws<InvalidOperationException>(without!.ReadInputAs<string>);
        Assert.Throws<InvalidOperationException>(without.ReadOutputAs<string>);
        Assert.Equal(("x", "x"), (with!.ReadInputAs<string>(), with.ReadOutputAs<string>()));
    }

    [Fact]
    public async Task Waiting_for_the_end_gives_inputs_and_outputs_only_when_asked()
    {
        await using var engine = await StartAsync(Wait);
        var id = await StartAsync(engine, "Echo", "x");

        var without = await engine.Client.WaitForInstanceCompletionAsync(id, TestContext.Current.CancellationToken);
        var with = await engine.Client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true, TestContext.Current.CancellationToken);

        Assert.Throws<InvalidOperationException>(without.ReadOutputAs<string>);
        Assert.Equal("x", with.ReadOutputAs<string>());
    }

    [Fact]
    public async Task Null_inputs_and_outputs_are_null()
    {
        await using var engine = await StartAsync(r => r.AddOrchestratorFunc<string?, string?>("Main", (_, x) => Task.FromResult(x)));

        var ended = await EndAsync(engine, await StartAsync(engine, "Main"));

        Assert.Null(ended.ReadInputAs<string>());
        Assert.Null(ended.ReadOutputAs<string>());
    }
}
