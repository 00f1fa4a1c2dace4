using Microsoft.DurableTask;

namespace MappaFlows.Workflows.Tests.Orchestrations;

/// <summary>
/// A deployment changes the code of an orchestration while instances of the old code live. The example of
/// <c>docs/how-to/change-an-orchestration.md</c>: the approver is reminded a second time.
/// </summary>
public sealed class ChangedCodeTests : IAsyncLifetime
{
    private Product _product = null!;
    private CaseReference _reference;

    private string Id => new CaseInstanceIds(_reference).Approval(1, 1);

    public async ValueTask InitializeAsync()
    {
        _product = await Product.StartAsync();
        _reference = await _product.AcceptAsync(ManagementLevel.Level2);
        await _product.DoAsync(SamplePeople.Coordinator, _reference, new ProposeDisclosure { Content = SampleDisclosures.Content() });
        await _product.AdvanceAsync(TimeSpan.FromHours(24));
        Assert.Equal([nameof(ReadApproval), nameof(RemindApprover)], await _product.StepsOfAsync(Id));
    }

    public ValueTask DisposeAsync() => _product.DisposeAsync();

    [Fact]
    public async Task Step_added_while_an_instance_waits_is_taken_by_that_instance()
    {
        await _product.CrashAndRestartAsync(tasks: WithSecondReminder);

        // What it waits for was told by the old code, which knew no second reminder. So it is woken to look again.
        await _product.Orchestrations.WakeAsync(Id);
        await _product.AdvanceAsync(TimeSpan.FromHours(12));
        Assert.Equal([nameof(ReadApproval), nameof(RemindApprover), nameof(ReadApproval), RemindAgain], await _product.StepsOfAsync(Id));

        await _product.AdvanceAsync(TimeSpan.FromHours(36));
        Assert.Equal(
            [nameof(ReadApproval), nameof(RemindApprover), nameof(ReadApproval), RemindAgain, nameof(AskDeputy), nameof(LapseRequest)],
            await _product.StepsOfAsync(Id));
        await IsAsync(OrchestrationRuntimeStatus.Completed, "\"Lapsed\"");
    }

    [Fact]
    public async Task Step_added_while_an_instance_waits_does_no_harm_to_one_that_is_not_woken()
    {
        await _product.CrashAndRestartAsync(tasks: WithSecondReminder);

        await _product.AdvanceAsync(TimeSpan.FromHours(48));

        Assert.Equal(
            [nameof(ReadApproval), nameof(RemindApprover), nameof(AskDeputy), nameof(LapseRequest)],
            await _product.StepsOfAsync(Id));
        await IsAsync(OrchestrationRuntimeStatus.Completed, "\"Lapsed\"");
    }

    [Fact]
    public async Task Step_renamed_while_an_instance_waits_fails_that_instance_and_the_sweep_starts_it_again()
    {
        await _product.Get<Sweep>().RunAsync(Sweep.Grace);
        await _product.CrashAndRestartAsync(tasks: registry => Replace<RenamedApproval>(registry, (name, create) =>
            registry.AddActivity(name == nameof(RemindApprover) ? RenamedApproval.RenamedStep : name, create)));

        await _product.AdvanceAsync(TimeSpan.FromHours(24));
        await IsAsync(OrchestrationRuntimeStatus.Failed);

        await _product.AdvanceAsync(Sweep.Grace + TimeSpan.FromMinutes(1));
        Assert.Equal(1, (await _product.Get<Sweep>().RunAsync(Sweep.Grace)).MissedDates);
        Assert.Equal(1, _product.Emails.Count(SamplePeople.Deputy, "Your decision is needed"));
        await _product.AdvanceAsync(TimeSpan.FromHours(24));

        Assert.Equal([nameof(ReadApproval), nameof(LapseRequest)], await _product.StepsOfAsync(Id));
        await IsAsync(OrchestrationRuntimeStatus.Completed, "\"Lapsed\"");
        Assert.Equal(DisclosureStage.Lapsed, (await _product.CaseAsync(_reference)).Disclosures[0].Stage);
    }

    private async Task IsAsync(OrchestrationRuntimeStatus status, string? output = null)
    {
        var approval = await _product.Orchestrations.GetInstanceAsync(Id, true);
        Assert.Equal((status, output), (approval!.RuntimeStatus, approval.SerializedOutput));
    }

    /// <summary>The product's tasks with another <see cref="DisclosureApproval"/>.</summary>
    private static void Replace<TApproval>(DurableTaskRegistry registry, Action<TaskName, Func<IServiceProvider, ITaskActivity>> add)
        where TApproval : class, ITaskOrchestrator
    {
        var product = new DurableTaskRegistry();
        WorkflowServices.AddWorkflowTasks(product);
        foreach (var (name, create) in product.GetOrchestrators())
        {
            if (name == nameof(DisclosureApproval)) registry.AddOrchestrator(name, typeof(TApproval));
            else registry.AddOrchestrator(name, () => create(null!));
        }

        foreach (var (name, create) in product.GetActivities()) add(name, create);
    }

    private const string RemindAgain = "RemindApproverAgain";

    private static void WithSecondReminder(DurableTaskRegistry registry)
    {
        var state = new SecondReminder();
        Replace<ApprovalWithSecondReminder>(registry, (name, create) =>
        {
            if (name == nameof(ReadApproval))
                registry.AddActivity(name, services => new ChangedStep((ApprovalStep)create(services), state));
            else registry.AddActivity(name, create);
        });
        registry.AddActivity(
            RemindAgain,
            services => new ChangedStep(new ReadApproval((CaseClock)services.GetService(typeof(CaseClock))!), state, reminds: true));
    }

    /// <summary>Whether the second reminder was sent. The product would see it in the case.</summary>
    private sealed class SecondReminder
    {
        public bool IsSent { get; set; }
    }

    /// <summary>The old status with one time more. Results of the old code lie in histories: they have none.</summary>
    private sealed record ChangedStatus : StepStatus
    {
        public DateTimeOffset? RemindAt { get; init; }

        public DateTimeOffset? EscalateAt { get; init; }

        public DateTimeOffset? LapseAt { get; init; }

        public string Outcome { get; init; } = "";

        public DateTimeOffset? RemindAgainAt { get; init; }
    }

    private sealed class ChangedStep(
        ApprovalStep step,
        SecondReminder second,
        bool reminds = false) : TaskActivity<ApprovalInput, ChangedStatus>
    {
        public override async Task<ChangedStatus> RunAsync(TaskActivityContext context, ApprovalInput input)
        {
            if (reminds) second.IsSent = true;
            var old = await step.RunAsync(context, input);
            return new()
            {
                IsOpen = old.IsOpen,
                RemindAt = old.RemindAt,
                EscalateAt = old.EscalateAt,
                LapseAt = old.LapseAt,
                Outcome = old.Outcome,
                RemindAgainAt = second.IsSent ? null : old.EscalateAt?.AddHours(-12),
            };
        }
    }

    private sealed class ApprovalWithSecondReminder : TaskOrchestrator<ApprovalInput, string>
    {
        public override async Task<string> RunAsync(TaskOrchestrationContext context, ApprovalInput input)
        {
            var steps = new Steps<ChangedStatus>(context, input, nameof(ReadApproval));
            var approval = await steps.ReadAsync();
            while (approval.IsOpen)
            {
                approval = await steps.FirstOfAsync(
                    (approval.RemindAt, nameof(RemindApprover)),
                    (approval.EscalateAt, nameof(AskDeputy)),
                    (approval.LapseAt, nameof(LapseRequest)),
                    (approval.RemindAgainAt, RemindAgain));
            }

            return approval.Outcome;
        }
    }

    private sealed class RenamedApproval : TaskOrchestrator<ApprovalInput, string>
    {
        public const string RenamedStep = "SendReminder";

        public override async Task<string> RunAsync(TaskOrchestrationContext context, ApprovalInput input)
        {
            var steps = new Steps<ApprovalStatus>(context, input, nameof(ReadApproval));
            var approval = await steps.ReadAsync();
            while (approval.IsOpen)
            {
                approval = await steps.FirstOfAsync(
                    (approval.RemindAt, RenamedStep),
                    (approval.EscalateAt, nameof(AskDeputy)),
                    (approval.LapseAt, nameof(LapseRequest)));
            }

            return approval.Outcome;
        }
    }
}
