using MappaFlows.DurableTask.Embedded.Engine.History;

namespace MappaFlows.DurableTask.Embedded.Engine.Replay;

/// <summary>
/// The steps that an orchestration's code takes, in order. In a replay each is compared with the history's, which then counts.
/// </summary>
internal sealed class StepLog
{
    private readonly List<Requested> _requests = [];
    private IReadOnlyList<HistoryEvent>? _expected;
    private int _expectedIndex;
    private DivergedException? _divergence;

    /// <summary>The number of the next step.</summary>
    public int Next { get; private set; }

    /// <summary>From now on the code is compared with these events.</summary>
    public void Expect(IReadOnlyList<HistoryEvent> events)
    {
        _expected = events;
        _expectedIndex = 0;
    }

    /// <summary>The code has done all that it will do with the expected events.</summary>
    public void ExpectNoMore()
    {
        if (_divergence is null && NextExpected() is { } missed)
            Diverge(missed.Id, missed.Describe(), "nothing asked for");
        _expected = null;
    }

    /// <summary>Takes a step.</summary>
    /// <exception cref="DivergedException">The history has another one here.</exception>
    public Requested Take(Requested request)
    {
        if (_expected is not null)
        {
            if (NextExpected() is not { } recorded)
                throw Diverge(request.Id, "nothing asked for", request.Describe());
            if (!IsSameStep(recorded, request))
                throw Diverge(request.Id, recorded.Describe(), request.Describe());
            _expectedIndex++;
            request = recorded;
        }
        Next = request.Id + 1;
        _requests.Add(request);
        return request;
    }

    /// <summary>The steps that were taken since this was last asked.</summary>
    public IReadOnlyList<Requested> TakeRequests()
    {
        _expected = null;
        if (_requests.Count == 0)
            return [];
        Requested[] taken = [.. _requests];
        _requests.Clear();
        return taken;
    }

    public void Diverge(string expected, string found)
    {
        if (_divergence is null)
            Diverge(Next, expected, found);
    }

    public void ThrowIfDiverged()
    {
        if (_divergence is not null)
            throw _divergence;
    }

    /// <summary>The name that a failed task shows.</summary>
    public static string NameOf(Requested request) => request switch
    {
        TaskScheduled task => task.Name,
        SubOrchestrationScheduled sub => sub.Name,
        _ => request.Describe(),
    };

    // Kept beside being thrown: the code may catch it, and must not go on all the same.
    private DivergedException Diverge(int step, string expected, string found) =>
        _divergence ??= new DivergedException(step, expected, found);

    private Requested? NextExpected()
    {
        while (_expectedIndex < _expected!.Count)
        {
            if (_expected[_expectedIndex] is Requested requested)
                return requested;
            _expectedIndex++;
        }
        return null;
    }

    private static bool IsSameStep(Requested recorded, Requested found) => (recorded, found) switch
    {
        (TaskScheduled a, TaskScheduled b) => IsSameName(a.Name, b.Name),
        (SubOrchestrationScheduled a, SubOrchestrationScheduled b) => IsSameName(a.Name, b.Name),
        (EventSent a, EventSent b) => a.InstanceId == b.InstanceId && IsSameName(a.Name, b.Name),
        (TimerCreated, TimerCreated) => true,
        _ => false,
    } && recorded.Id == found.Id;

    private static bool IsSameName(string a, string b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);
}
