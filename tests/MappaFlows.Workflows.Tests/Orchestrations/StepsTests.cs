using Microsoft.DurableTask;

namespace MappaFlows.Workflows.Tests.Orchestrations;

/// <summary>Which step is next, and that a step which changes nothing is not tried in a tight loop.</summary>
public sealed class StepsTests
{
    private static readonly DateTimeOffset Now = Product.Start;

    [Fact]
    public void Without_a_time_there_is_no_next_step()
    {
        Assert.Null(Steps.Choose([], Now));
        Assert.Null(Steps.Choose([(null, "First"), (null, "Second")], Now));
    }

    [Fact]
    public void The_earliest_time_ahead_is_next() =>
        Assert.Equal((Now.AddHours(1), "Second"), Steps.Choose([(Now.AddHours(2), "First"), (Now.AddHours(1), "Second"), (null, "Third")], Now));

    [Fact]
    public void Of_times_that_have_passed_the_latest_is_next_before_any_ahead() =>
        Assert.Equal((Now, "Second"), Steps.Choose([(Now.AddHours(-2), "First"), (Now, "Second"), (Now.AddHours(1), "Third")], Now));

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public void Of_equal_times_the_first_is_next(int hours) =>
        Assert.Equal((Now.AddHours(hours), "First"), Steps.Choose([(Now.AddHours(hours), "First"), (Now.AddHours(hours), "Second")], Now));

    [Fact]
    public async Task Step_that_changes_nothing_runs_again_after_a_pause()
    {
        await using var product = await StartAsync(run => new() { IsOpen = run < 4, At = Now });

        Assert.Equal([Sample.Read, Sample.Act], await product.StepsOfAsync(Sample.Id));
        await product.AdvanceAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(3, (await product.StepsOfAsync(Sample.Id)).Count);
        await product.AdvanceAsync(TimeSpan.FromMinutes(1));

        var ended = await product.Orchestrations.GetInstanceAsync(Sample.Id);
        Assert.Equal(OrchestrationRuntimeStatus.Completed, ended!.RuntimeStatus);
    }

    [Fact]
    public async Task A_signal_without_a_time_looks_again()
    {
        await using var product = await StartAsync(run => new() { IsOpen = run < 2 });

        await product.Orchestrations.WakeAsync(Sample.Id);
        await product.AdvanceAsync(TimeSpan.Zero);

        Assert.Equal([Sample.Read, Sample.Read], await product.StepsOfAsync(Sample.Id));
        Assert.True((await product.Orchestrations.GetInstanceAsync(Sample.Id))!.IsCompleted);
    }

    [Fact]
    public async Task A_full_history_is_cut_and_the_orchestration_goes_on()
    {
        var runs = 0;
        await using var product = await StartAsync(run => new() { IsOpen = (runs = run) < 100, At = Now.AddHours(run) });

        await product.AdvanceAsync(TimeSpan.FromHours(40));
        Assert.InRange((await product.StepsOfAsync(Sample.Id)).Count, 1, Steps.MaxRounds + 1);
        Assert.Equal(OrchestrationRuntimeStatus.Running, (await product.Orchestrations.GetInstanceAsync(Sample.Id))!.RuntimeStatus);

        await product.AdvanceAsync(TimeSpan.FromHours(100));
        Assert.Equal(100, runs);
        Assert.True((await product.Orchestrations.GetInstanceAsync(Sample.Id))!.IsCompleted);
    }

    /// <summary>A product that runs the sample beside its own orchestrations.</summary>
    /// <param name="status">What the sample's activities answer, by how often they were asked.</param>
    private static async Task<Product> StartAsync(Func<int, SampleStatus> status)
    {
        var runs = 0;
        SampleStatus Answer(TaskActivityContext context, string input) => status(++runs);
        var product = await Product.StartAsync();
        await product.CrashAndRestartAsync(tasks: registry =>
        {
            WorkflowServices.AddWorkflowTasks(registry);
            registry.AddOrchestrator<Sample>();
            registry.AddActivityFunc<string, SampleStatus>(Sample.Read, Answer);
            registry.AddActivityFunc<string, SampleStatus>(Sample.Act, Answer);
        });
        await product.Orchestrations.StartOnceAsync(nameof(Sample), Sample.Id, "input");
        await product.AdvanceAsync(TimeSpan.Zero);
        return product;
    }

    private sealed record SampleStatus : StepStatus
    {
        public DateTimeOffset? At { get; init; }
    }

    private sealed class Sample : TaskOrchestrator<string, string>
    {
        public const string Id = "sample";

        public const string Read = "ReadSample";

        public const string Act = "ActOnSample";

        public override async Task<string> RunAsync(TaskOrchestrationContext context, string input)
        {
            var steps = new Steps<SampleStatus>(context, input, Read);
            var sample = await steps.ReadAsync();
            while (sample.IsOpen) sample = await steps.FirstOfAsync((sample.At, Act));
            return "Ended";
        }
    }
}
