using System.Diagnostics.CodeAnalysis;
using MappaFlows.DurableTask.Embedded.Engine.History;

namespace MappaFlows.DurableTask.Embedded.Engine.Replay;

/// <summary>What the code of an orchestration has asked for and not got, by its number.</summary>
internal sealed class OpenTasks
{
    private readonly Dictionary<int, OpenTask> _open = [];

    // An outcome that came while the instance is suspended: recorded, but not yet given to the code.
    private readonly HashSet<int> _heldOutcomes = [];

    public int Count => _open.Count;

    /// <summary>How many are activities without an outcome: they run now, the others only wait.</summary>
    public int ActivityCount { get; private set; }

    /// <summary>All of them.</summary>
    public IEnumerable<Requested> Requests => _open.Values.Select(task => task.Request);

    /// <summary>The activities that have no outcome yet.</summary>
    public IEnumerable<TaskScheduled> Activities => UnderWay<TaskScheduled>();

    /// <summary>The timers that have not fired.</summary>
    public IEnumerable<TimerCreated> Timers => UnderWay<TimerCreated>();

    /// <summary>The sub-orchestrations that have not ended.</summary>
    public IEnumerable<SubOrchestrationScheduled> SubOrchestrations => UnderWay<SubOrchestrationScheduled>();

    public bool Has(int id) => _open.ContainsKey(id);

    /// <summary>Whether the outcome of this task may be taken in: it is asked for, and no outcome of it is recorded.</summary>
    public bool Awaits(int id) => _open.ContainsKey(id) && !_heldOutcomes.Contains(id);

    public void Add(OpenTask task)
    {
        _open.Add(task.Request.Id, task);
        if (task.Request is TaskScheduled)
            ActivityCount++;
    }

    /// <summary>The task has its outcome, and the code gets it.</summary>
    public bool Close(int id, [NotNullWhen(true)] out OpenTask? task)
    {
        if (!_open.Remove(id, out task))
            return false;
        if (!_heldOutcomes.Remove(id) && task.Request is TaskScheduled)
            ActivityCount--;
        return true;
    }

    /// <summary>The code wants it no more.</summary>
    public bool Remove(int id) => _open.Remove(id);

    /// <summary>The task has its outcome, and the code gets it later.</summary>
    public void HoldOutcome(int id)
    {
        if (_open.TryGetValue(id, out var task) && _heldOutcomes.Add(id) && task.Request is TaskScheduled)
            ActivityCount--;
    }

    private IEnumerable<T> UnderWay<T>() where T : Requested =>
        _open.Values.Select(task => task.Request).OfType<T>().Where(request => !_heldOutcomes.Contains(request.Id));
}
