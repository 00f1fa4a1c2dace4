using MappaFlows.DurableTask.Embedded.Engine.History;
using MappaFlows.DurableTask.Embedded.Engine.Replay;
using MappaFlows.DurableTask.Embedded.Engine.Storage;
using MappaFlows.DurableTask.Embedded.Engine.Work;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using OrchestrationAlreadyExistsException = DurableTask.Core.Exceptions.OrchestrationAlreadyExistsException;

namespace MappaFlows.DurableTask.Embedded.Engine;

/// <summary>Begins, continues and ends the runs of an instance.</summary>
/// <param name="onForeign">Told when the code of an instance is found to have left its turns.</param>
internal sealed class InstanceRuns(
    Tasks tasks,
    IServiceProvider services,
    ILoggerFactory loggers,
    ILogger logger,
    EmbeddedDurableTaskOptions options,
    TimeProvider time,
    Action<string, Guid> onForeign)
{
    private readonly Payloads _payloads = new(tasks.Converter, options.MaxPayloadBytes);

    /// <exception cref="CannotRunException">The orchestrator is not registered, or the version is not for this worker.</exception>
    /// <exception cref="VersionLeftException">The version is left to another worker.</exception>
    public OrchestrationRun NewRun(Head head)
    {
        switch (tasks.Judge(head.Version))
        {
            case VersionVerdict.Fail:
                throw CannotRunException.OtherVersion(head.Version, tasks.WorkerVersion);
            case VersionVerdict.Leave:
                throw new VersionLeftException(head.Version);
        }
        var orchestrator = tasks.Orchestrator(head.Name, head.Version, services) ?? throw CannotRunException.NotRegistered(head.Name);
        var execution = new Execution(head.Name, head.InstanceId, head.Execution, head.Version, head.Parent, head.Input);
        var told = 0;
        return new OrchestrationRun(execution, orchestrator, tasks, _payloads, loggers, () =>
        {
            if (Interlocked.Exchange(ref told, 1) == 0)
                onForeign(head.InstanceId, head.Execution);
        });
    }

    /// <summary>Starts an instance, unless one with its id forbids it.</summary>
    public Receipt Start(TurnPlan plan, StartMessage start, List<Incoming> incoming)
    {
        var session = plan.Session;
        if (session.Head is { } old && old.Origin == start.Execution && old.IsLive)
            return Receipt.Accepted;
        if (session.Head is { } taken && start.Dedupe.Contains(taken.Status))
        {
            if (start.Parent is { } parent)
            {
                var failure = Failures.Named(
                    typeof(OrchestrationAlreadyExistsException).ToString(), $"An orchestration with the id '{session.InstanceId}' exists already.");
                plan.Send(parent.InstanceId, new OutcomeMessage(parent.Execution, parent.TaskId, null, failure, IsFinal: false));
            }
            return Receipt.AlreadyExists;
        }
        var now = time.GetUtcNow();
        Begin(plan, incoming, new Head
        {
            InstanceId = session.InstanceId,
            Name = start.Name,
            Execution = start.Execution,
            Origin = start.Execution,
            Version = start.Version,
            Parent = start.Parent,
            Tags = start.Tags,
            Input = start.Input,
            StartAt = start.StartAt > now ? start.StartAt : null,
            CreatedAt = now,
        });
        return Receipt.Accepted;
    }

    /// <summary>Runs an ended instance again; has one that was quarantined go on.</summary>
    public Receipt Retry(TurnPlan plan, List<Incoming> incoming)
    {
        if (plan.Session.Head is not { } old)
            return Receipt.NoLiveInstance;
        if (old.IsLive)
        {
            // It was quarantined, and loading it again is what it needed; timers that fired meanwhile were not received.
            var run = plan.Session.Run!;
            foreach (var timer in run.Open.Timers)
                plan.NewTimers.Add(EntryOf(plan.Session, timer));
            if (old.StartAt is { } startAt && !run.IsStarted)
                plan.NewTimers.Add(StartTimer(old, startAt));
            return Receipt.Accepted;
        }
        var execution = Guid.NewGuid();
        Begin(plan, incoming, old with
        {
            Execution = execution,
            Origin = execution,
            CreatedAt = time.GetUtcNow(),
            StartAt = null,
            Output = null,
            CustomStatus = null,
            Failure = null,
            WaitsFor = null,
        });
        return Receipt.Accepted;
    }

    public static Receipt Purge(TurnPlan plan)
    {
        if (plan.Session.Head is not { } head)
            return Receipt.NoLiveInstance;
        if (head.IsLive)
            return Receipt.NotEnded;
        plan.DropHistory(head, head.Rows);
        plan.Changes.Delete(Keys.Head(head.InstanceId));
        plan.Session.Head = null;
        return Receipt.Accepted;
    }

    /// <summary>Prepares the next run, in the place of the one that has asked for it.</summary>
    /// <param name="isStored">Whether the run that ends has rows in the store.</param>
    public void ContinueAsNew(TurnPlan plan, NextRun next, bool isStored)
    {
        var session = plan.Session;
        var head = session.Head!;
        if (isStored)
        {
            foreach (var timer in session.Run!.Open.Timers)
                plan.DropTimer(EntryOf(session, timer));
            plan.DropHistory(head, session.Rows);
        }
        RunUnawaited(plan);
        plan.UpdateReady(false);
        session.Rows = 0;
        session.TakeUp = false;
        plan.WriteHead(head with
        {
            Execution = Guid.NewGuid(),
            Generation = head.Generation + 1,
            Input = next.Input,
            Version = next.Version,
            CustomStatus = null,
            Status = OrchestrationRuntimeStatus.Running,
            UpdatedAt = new DateTimeOffset(session.LastTurn),
            StartAt = null,
            WaitsFor = null,
        });
        plan.StatusChanged |= head.Status != OrchestrationRuntimeStatus.Running;
        session.Run = NewRun(session.Head!);
    }

    /// <summary>Ends an instance, and tells its parent.</summary>
    /// <param name="events">What came in and was asked for in the last turn.</param>
    /// <param name="isFinal">Whether another attempt could only fail too.</param>
    public void End(TurnPlan plan, ExecutionCompleted completion, List<HistoryEvent> events, DateTime now, bool isFinal = false)
    {
        var session = plan.Session;
        var head = session.Head!;
        events.Add(completion);
        plan.Append(new Turn(now, events));
        if (session.Run is not null)
        {
            foreach (var timer in session.Run.Open.Timers)
                plan.DropTimer(EntryOf(session, timer));
            RunUnawaited(plan);
            if (events.OfType<ExecutionTerminated>().Any(e => e.IsRecursive))
            {
                foreach (var child in session.Run.Open.SubOrchestrations)
                    plan.Send(child.InstanceId, new TerminateMessage(completion.Output, IsRecursive: true));
            }
        }
        plan.UpdateReady(false);
        if (head.StartAt is { } startAt && session.Run is not { IsStarted: true })
            plan.DropTimer(StartTimer(head, startAt));
        plan.WriteHead(head with
        {
            Status = completion.Status,
            Output = completion.Output,
            Failure = completion.Failure,
            CustomStatus = session.Run is null ? head.CustomStatus : session.Run.CustomStatus,
            UpdatedAt = new DateTimeOffset(now),
            Rows = session.Rows,
            WaitsFor = null,
        });
        session.Run = null;
        plan.StatusChanged = true;
        if (completion.Failure is { } failure)
            Log.InstanceFailed(logger, session.InstanceId, failure.ErrorType);
        TellParent(plan, head, completion, isFinal);
    }

    public static TimerEntry EntryOf(Session session, TimerCreated timer) =>
        TimerEntry.Create(session.InstanceId, session.Head!.Generation, session.Head.Execution, timer.Id, timer.FireAt);

    /// <summary>Begins a run in the place of the one before it, whose history goes. One that has not ended is replaced.</summary>
    private void Begin(TurnPlan plan, List<Incoming> incoming, Head head)
    {
        var session = plan.Session;
        var generation = 0;
        if (session.Head is { } old)
        {
            generation = old.Generation + 1;
            if (old.IsLive)
                Replace(plan, old);
            else
                plan.DropHistory(old, old.Rows);
        }
        session.Rows = 0;
        session.LastTurn = default;
        session.Head = head with { Generation = generation, Rows = 0, Status = OrchestrationRuntimeStatus.Pending };
        plan.StatusChanged = true;
        try
        {
            session.Run = NewRun(session.Head);
        }
        catch (CannotRunException e)
        {
            End(
                plan,
                new ExecutionCompleted(OrchestrationRuntimeStatus.Failed, null, Failures.Named(e.ErrorType, e.Message)),
                [],
                head.CreatedAt.UtcDateTime,
                isFinal: true);
            return;
        }
        if (head.StartAt is { } later)
            plan.AddTimer(StartTimer(session.Head, later));
        else
            incoming.Add(new ExecutionStarted());
    }

    private static void Replace(TurnPlan plan, Head old)
    {
        var session = plan.Session;
        foreach (var timer in session.Run!.Open.Timers)
            plan.DropTimer(EntryOf(session, timer));
        if (old.StartAt is { } startAt && !session.Run.IsStarted)
            plan.DropTimer(StartTimer(old, startAt));
        plan.DropHistory(old, session.Rows);
        plan.UpdateReady(false);
        session.TakeUp = false;
        TellParent(plan, old, new ExecutionCompleted(OrchestrationRuntimeStatus.Terminated, null, null), isFinal: false);
    }

    private static void RunUnawaited(TurnPlan plan)
    {
        foreach (var task in plan.Session.Run!.Open.Activities)
            plan.RunUnawaited(plan.Session.Head!.Execution, task);
    }

    private static void TellParent(TurnPlan plan, Head head, ExecutionCompleted completion, bool isFinal)
    {
        if (head.Parent is not { } parent)
            return;
        var failure = completion.Status switch
        {
            OrchestrationRuntimeStatus.Completed => null,
            OrchestrationRuntimeStatus.Terminated => Failures.Named("Terminated", "The sub-orchestration was terminated."),
            _ => completion.Failure,
        };
        plan.Send(parent.InstanceId, new OutcomeMessage(parent.Execution, parent.TaskId, completion.Output, failure, isFinal));
    }

    private static TimerEntry StartTimer(Head head, DateTimeOffset startAt) =>
        TimerEntry.Create(head.InstanceId, head.Generation, head.Execution, TimerEntry.StartTimer, startAt.UtcDateTime);
}
