namespace MappaFlows.Durable;

/// <summary>The orchestrators and activities that a host knows, by name. Both hosts are filled from one registry.</summary>
public sealed class DurableTaskRegistry
{
    private readonly Dictionary<TaskName, Func<IServiceProvider, ITaskOrchestrator>> _orchestrators = [];
    private readonly Dictionary<TaskName, Func<IServiceProvider, ITaskActivity>> _activities = [];

    public IReadOnlyDictionary<TaskName, Func<IServiceProvider, ITaskOrchestrator>> Orchestrators => _orchestrators;

    public IReadOnlyDictionary<TaskName, Func<IServiceProvider, ITaskActivity>> Activities => _activities;

    /// <exception cref="ArgumentException">The name is taken.</exception>
    public DurableTaskRegistry AddOrchestrator(TaskName name, Func<IServiceProvider, ITaskOrchestrator> create)
    {
        _orchestrators.Add(name, create);
        return this;
    }

    /// <exception cref="ArgumentException">The name is taken.</exception>
    public DurableTaskRegistry AddActivity(TaskName name, Func<IServiceProvider, ITaskActivity> create)
    {
        _activities.Add(name, create);
        return this;
    }

    /// <summary>Adds an orchestrator under its class name. Orchestrators have no dependencies.</summary>
    public DurableTaskRegistry AddOrchestrator<T>() where T : ITaskOrchestrator, new() =>
        AddOrchestrator(typeof(T).Name, _ => new T());

    public DurableTaskRegistry AddOrchestratorFunc<TInput, TOutput>(TaskName name, Func<IOrchestrationContext, TInput, Task<TOutput>> run) =>
        AddOrchestrator(name, _ => new OrchestratorFunc<TInput, TOutput>(run));

    public DurableTaskRegistry AddActivityFunc<TInput, TOutput>(TaskName name, Func<TaskActivityContext, TInput, Task<TOutput>> run) =>
        AddActivity(name, _ => new ActivityFunc<TInput, TOutput>(run));

    private sealed class OrchestratorFunc<TInput, TOutput>(Func<IOrchestrationContext, TInput, Task<TOutput>> run)
        : TaskOrchestrator<TInput, TOutput>
    {
        public override Task<TOutput> RunAsync(IOrchestrationContext context, TInput input) => run(context, input);
    }

    private sealed class ActivityFunc<TInput, TOutput>(Func<TaskActivityContext, TInput, Task<TOutput>> run)
        : TaskActivity<TInput, TOutput>
    {
        public override Task<TOutput> RunAsync(TaskActivityContext context, TInput input) => run(context, input);
    }
}
