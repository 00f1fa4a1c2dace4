using System.Reflection;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Abstractions;
using Microsoft.DurableTask.Worker;

namespace MappaFlows.DurableTask.Embedded.Engine;

/// <summary>
/// The orchestrations and activities that this host can run, by name and version, with the options that the SDK has for them.
/// </summary>
internal sealed class Tasks
{
    private readonly Create<ITaskOrchestrator> _orchestrator;
    private readonly Create<ITaskActivity> _activity;
    private readonly DurableTaskWorkerOptions.VersioningOptions? _versioning;

    /// <exception cref="NotSupportedException">The options ask for something that this backend does not have.</exception>
    public Tasks(IDurableTaskFactory factory, DurableTaskWorkerOptions options, IExceptionPropertiesProvider? properties)
    {
#pragma warning disable CS0618 // The option is experimental: a developer who sets it must learn that it has no effect here.
        if (options.OrchestrationFilter is not null)
            throw new NotSupportedException("The embedded backend does not support orchestration filters.");
#pragma warning restore CS0618
        if (options.EnableEntitySupport)
            throw new NotSupportedException("The embedded backend does not support entities.");
        _orchestrator = Versioned<ITaskOrchestrator>(factory, nameof(IDurableTaskFactory.TryCreateOrchestrator))
            ?? ((TaskName name, TaskVersion _, IServiceProvider services, out ITaskOrchestrator? task) =>
                factory.TryCreateOrchestrator(name, services, out task));
        _activity = Versioned<ITaskActivity>(factory, nameof(IDurableTaskFactory.TryCreateActivity))
            ?? ((TaskName name, TaskVersion _, IServiceProvider services, out ITaskActivity? task) =>
                factory.TryCreateActivity(name, services, out task));
        _versioning = options.Versioning;
        Converter = options.DataConverter;
        Failures = new Failures(properties);
    }

    private delegate bool Create<T>(TaskName name, TaskVersion version, IServiceProvider services, out T? task);

    public DataConverter Converter { get; }

    public Failures Failures { get; }

    /// <summary>The version of a sub-orchestration that is called without one.</summary>
    public string DefaultVersion => _versioning?.DefaultVersion ?? "";

    public ITaskOrchestrator? Orchestrator(string name, string version, IServiceProvider services) =>
        _orchestrator(name, version, services, out var task) ? task : null;

    public ITaskActivity? Activity(string name, string version, IServiceProvider services) =>
        _activity(name, version, services, out var task) ? task : null;

    /// <summary>Whether this worker may run an instance of a version, by the SDK's versioning options.</summary>
    public VersionVerdict Judge(string version)
    {
        if (_versioning is null || _versioning.MatchStrategy == DurableTaskWorkerOptions.VersionMatchStrategy.None)
            return VersionVerdict.Run;
        var order = TaskOrchestrationVersioningUtils.CompareVersions(version, _versioning.Version);
        var matches = _versioning.MatchStrategy == DurableTaskWorkerOptions.VersionMatchStrategy.Strict ? order == 0 : order <= 0;
        return matches ? VersionVerdict.Run
            : _versioning.FailureStrategy == DurableTaskWorkerOptions.VersionFailureStrategy.Fail ? VersionVerdict.Fail
            : VersionVerdict.Leave;
    }

    /// <summary>The version of this worker, for messages.</summary>
    public string WorkerVersion => _versioning?.Version ?? "";

    // The SDK's factory finds a task by version through an interface that is not public. Where a later SDK has it no more, names alone
    // count.
    private static Create<T>? Versioned<T>(IDurableTaskFactory factory, string method) =>
        factory.GetType()
            .GetMethod(
                method,
                BindingFlags.Instance | BindingFlags.Public,
                [typeof(TaskName), typeof(TaskVersion), typeof(IServiceProvider), typeof(T).MakeByRefType()])
            ?.CreateDelegate<Create<T>>(factory);
}

/// <summary>What happens to an instance of some version on this worker.</summary>
internal enum VersionVerdict
{
    Run,

    /// <summary>It ends as failed.</summary>
    Fail,

    /// <summary>It waits for another worker.</summary>
    Leave,
}
