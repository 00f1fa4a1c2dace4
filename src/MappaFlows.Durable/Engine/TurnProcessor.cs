using MappaFlows.Durable.Engine.History;
using MappaFlows.Durable.Engine.Replay;
using MappaFlows.Durable.Engine.Storage;
using MappaFlows.Durable.Engine.Work;
using Microsoft.Extensions.Logging;

namespace MappaFlows.Durable.Engine;

/// <summary>Leads an instance through one turn: from the messages that came to the changes that they make. Touches no store.</summary>
/// <param name="onForeign">Told when the code of an instance is found to have left its turns.</param>
internal sealed class TurnProcessor(
    DurableTaskRegistry registry,
    IServiceProvider services,
    ILoggerFactory loggers,
    DurableEngineOptions options,
    TimeProvider time,
    Func<string> nextMessageRow,
    Action<string, Guid> onForeign)
{
    private readonly ILogger _logger = loggers.CreateLogger<TurnProcessor>();

    public TurnPlan Process(Session session, List<Delivery> batch)
    {
        var plan = new TurnPlan(session, batch);
        foreach (var delivery in batch)
        {
            if (delivery.Row is not null)
                plan.Changes.Delete(delivery.Row);
        }

        var incoming = new List<Incoming>();
        var started = false;
        if (session.Head is { IsLive: true } && !ReplayStored(plan))
        {
            // Stopped by what the replay found; whatever came is too late.
            foreach (var delivery in batch)
                delivery.Answer = Receipt.NoLiveInstance;
            return plan;
        }
        foreach (var delivery in batch)
        {
            switch (delivery.Message)
            {
                case StartMessage start:
                    delivery.Answer = Start(plan, start, incoming);
                    started |= delivery.Answer == Receipt.Accepted;
                    break;
                case PurgeMessage:
                    delivery.Answer = Purge(plan);
                    return plan;
                case RetryMessage:
                    delivery.Answer = Retry(plan, incoming);
                    started |= delivery.Answer == Receipt.Accepted;
                    break;
                default:
                    delivery.Answer = Receive(plan, delivery.Message, incoming);
                    break;
            }
        }
        if (session.Run is not null)
            Run(plan, incoming, started);
        return plan;
    }

    /// <summary>Makes the run of an instance that was loaded, or says that the instance had to be stopped.</summary>
    private bool ReplayStored(TurnPlan plan)
    {
        var session = plan.Session;
        if (session.Stored is not { } stored)
            return true;
        var head = session.Head!;
        session.Stored = null;
        try
        {
            session.Run = NewRun(head);
            // A run that has no turn yet may follow one that had: not even then does the time go back.
            session.LastTurn = head.UpdatedAt.UtcDateTime;
            foreach (var turn in stored)
            {
                session.Run.Replay(turn);
                session.LastTurn = turn.Time;
            }
        }
        catch (Exception e) when (e is NonDeterministicOrchestrationException or UnknownOrchestratorException)
        {
            foreach (var timer in stored.SelectMany(t => t.Events).OfType<TimerCreated>())
                Drop(plan, timer);
            session.HasReadyRow = true;
            End(plan, new ExecutionCompleted(OrchestrationRuntimeStatus.Failed, null, Failures.From(e)), []);
            return false;
        }
        session.HasReadyRow = session.Run.OpenActivities > 0;
        session.TakeUp = true;
        return true;
    }

    private OrchestrationRun NewRun(Head head)
    {
        if (!registry.Orchestrators.TryGetValue(head.Name, out var create))
            throw new UnknownOrchestratorException(head.Name);
        var execution = new Execution(head.Name, head.InstanceId, head.Execution, head.Version, head.Parent, head.Input);
        var told = 0;
        return new OrchestrationRun(execution, create(services), options.MaxPayloadBytes, loggers, () =>
        {
            if (Interlocked.Exchange(ref told, 1) == 0)
                onForeign(head.InstanceId, head.Execution);
        });
    }

    private Receipt Start(TurnPlan plan, StartMessage start, List<Incoming> incoming)
    {
        var session = plan.Session;
        if (session.Head is { IsLive: true } live)
        {
            if (live.Origin == start.Execution)
                return Receipt.Accepted;
            if (start.Parent is { } parent)
            {
                var taken = new OrchestrationAlreadyExistsException(session.InstanceId);
                Send(plan, parent.InstanceId, new OutcomeMessage(parent.Execution, parent.TaskId, null, Failures.From(taken)));
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
            Input = start.Input,
            StartAt = start.StartAt > now ? start.StartAt : null,
            CreatedAt = now,
        });
        return Receipt.Accepted;
    }

    private Receipt Retry(TurnPlan plan, List<Incoming> incoming)
    {
        if (plan.Session.Head is not { } old)
            return Receipt.NoLiveInstance;
        if (old.IsLive)
        {
            // It was parked, and loading it again is what it needed; timers that fired meanwhile found nobody.
            foreach (var timer in plan.Session.Run!.Open.Values.Select(t => t.Request).OfType<TimerCreated>())
                plan.NewTimers.Add(EntryOf(plan.Session, timer));
            if (old.StartAt is { } startAt && !plan.Session.Run.IsStarted)
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

    /// <summary>Begins a run in the place of the ended one, whose history goes.</summary>
    private void Begin(TurnPlan plan, List<Incoming> incoming, Head head)
    {
        var session = plan.Session;
        var generation = 0;
        if (session.Head is { } old)
        {
            generation = old.Generation + 1;
            DropHistory(plan, old, old.Rows);
        }
        session.Rows = 0;
        session.LastTurn = default;
        session.HasReadyRow = false;
        session.Head = head with { Generation = generation, Rows = 0, Status = OrchestrationRuntimeStatus.Pending };
        plan.StatusChanged = true;
        try
        {
            session.Run = NewRun(session.Head);
        }
        catch (UnknownOrchestratorException e)
        {
            End(plan, new ExecutionCompleted(OrchestrationRuntimeStatus.Failed, null, Failures.From(e)), []);
            return;
        }
        if (head.StartAt is { } later)
            AddTimer(plan, StartTimer(session.Head, later));
        else
            incoming.Add(new ExecutionStarted());
    }

    private static Receipt Purge(TurnPlan plan)
    {
        var session = plan.Session;
        if (session.Head is not { } head)
            return Receipt.NoLiveInstance;
        if (head.IsLive)
            return Receipt.NotEnded;
        DropHistory(plan, head, head.Rows);
        plan.Changes.Delete(Keys.Head(session.InstanceId));
        session.Head = null;
        return Receipt.Accepted;
    }

    private Receipt Receive(TurnPlan plan, Message message, List<Incoming> incoming)
    {
        if (message is TimerMessage { Timer: var gone })
            plan.Changes.Delete(gone.Row);
        if (plan.Session is not { Head: { IsLive: true } head, Run: { } run })
            return Receipt.NoLiveInstance;

        switch (message)
        {
            case EventMessage e:
                incoming.Add(new EventRaised(e.Name, e.Payload));
                break;
            case OutcomeMessage outcome when outcome.Execution == head.Execution && run.Open.ContainsKey(outcome.TaskId):
                incoming.Add(outcome.Failure is { } failure ? new TaskFailed(outcome.TaskId, failure) : new TaskCompleted(outcome.TaskId, outcome.Result));
                break;
            case TimerMessage { Timer: var timer } when timer.Execution == head.Execution && timer.TimerId == TimerEntry.StartTimer:
            case BeginMessage begin when begin.Execution == head.Execution:
                if (!run.IsStarted)
                    incoming.Add(new ExecutionStarted());
                break;
            case TimerMessage { Timer: var timer } when timer.Execution == head.Execution && run.Open.ContainsKey(timer.TimerId):
                incoming.Add(new TimerFired(timer.TimerId));
                break;
            case StrayMessage stray when stray.Execution == head.Execution:
                run.HasStrayed();
                break;
            case SuspendMessage suspend:
                incoming.Add(new ExecutionSuspended(suspend.Reason));
                break;
            case ResumeMessage resume:
                incoming.Add(new ExecutionResumed(resume.Reason));
                break;
            case TerminateMessage terminate:
                incoming.Add(new ExecutionTerminated(terminate.Output));
                break;
        }
        return Receipt.Accepted;
    }

    private void Run(TurnPlan plan, List<Incoming> incoming, bool started)
    {
        var session = plan.Session;
        var run = session.Run!;
        var now = TurnTime(plan);
        session.LastTurn = now;
        var customStatus = run.CustomStatus;
        var outcome = run.Run(now, incoming);

        foreach (var timer in outcome.CancelledTimers)
            Drop(plan, timer);
        if (outcome.NextRun is not null)
        {
            Requests(plan, outcome.Requests, timersToo: false);
            ContinueAsNew(plan, outcome.NextRun);
            return;
        }

        var events = new List<HistoryEvent>(incoming.Count + outcome.Requests.Count + 1);
        events.AddRange(incoming);
        events.AddRange(outcome.Requests);
        if (outcome.Completion is { } completion)
        {
            Requests(plan, outcome.Requests, timersToo: false);
            foreach (var timer in run.Open.Values.Select(t => t.Request).OfType<TimerCreated>())
                Drop(plan, timer);
            End(plan, completion, events);
            return;
        }

        Requests(plan, outcome.Requests, timersToo: true);
        Append(plan, new Turn(now, events));
        TakeUpActivities(plan, outcome.Requests);
        UpdateReady(plan, run.OpenActivities > 0, progress: incoming.Exists(e => e is TaskCompleted or TaskFailed));

        var head = session.Head!;
        var status = !run.IsStarted ? OrchestrationRuntimeStatus.Pending
            : run.IsSuspended ? OrchestrationRuntimeStatus.Suspended
            : OrchestrationRuntimeStatus.Running;
        var statusChanged = status != head.Status;
        plan.StatusChanged |= statusChanged;
        var atRest = run.OpenActivities == 0 && events.Count > 0;
        if (started || statusChanged || atRest || !SameBytes(customStatus, run.CustomStatus))
        {
            session.Head = head with
            {
                Status = status,
                UpdatedAt = now,
                CustomStatus = run.CustomStatus ?? head.CustomStatus,
                WaitsFor = atRest ? Waits.Describe(run) : null,
            };
            plan.Changes.Upsert(Keys.Head(session.InstanceId), session.Head.ToProperties());
        }
    }

    /// <summary>Now, but never before the last turn, nor before a timer that fired.</summary>
    private DateTime TurnTime(TurnPlan plan)
    {
        var now = time.GetUtcNow().UtcDateTime;
        if (now < plan.Session.LastTurn)
            now = plan.Session.LastTurn;
        foreach (var delivery in plan.Deliveries)
        {
            if (delivery.Message is TimerMessage { Timer.DueUtc: var due } && due > now)
                now = due;
        }
        return now;
    }

    private void Requests(TurnPlan plan, IReadOnlyList<Requested> requests, bool timersToo)
    {
        var session = plan.Session;
        var head = session.Head!;
        foreach (var request in requests)
        {
            switch (request)
            {
                case SubOrchestrationScheduled sub:
                    var parent = new ParentLink(head.Name, session.InstanceId, head.Execution, sub.Id);
                    Send(plan, sub.InstanceId, new StartMessage(sub.Name, sub.Input, head.Version, Guid.NewGuid(), null, parent));
                    break;
                case EventSent sent:
                    Send(plan, sent.InstanceId, new EventMessage(sent.Name, sent.Payload));
                    break;
                case TimerCreated timer when timersToo && session.Run!.Open.ContainsKey(timer.Id):
                    AddTimer(plan, EntryOf(session, timer));
                    break;
            }
        }
    }

    private static void TakeUpActivities(TurnPlan plan, IReadOnlyList<Requested> requests)
    {
        var session = plan.Session;
        var execution = session.Head!.Execution;
        var tasks = session.TakeUp ? session.Run!.Open.Values.Select(t => t.Request) : requests;
        foreach (var request in tasks)
        {
            if (request is TaskScheduled task)
                plan.Activities.Add((execution, task));
        }
        session.TakeUp = false;
    }

    private void ContinueAsNew(TurnPlan plan, NextRun next)
    {
        var session = plan.Session;
        var head = session.Head!;
        foreach (var timer in session.Run!.Open.Values.Select(t => t.Request).OfType<TimerCreated>())
            Drop(plan, timer);
        DropHistory(plan, head, session.Rows);
        UpdateReady(plan, false);
        session.Head = head with
        {
            Execution = Guid.NewGuid(),
            Generation = head.Generation + 1,
            Input = next.Input,
            CustomStatus = session.Run.CustomStatus ?? head.CustomStatus,
            Status = OrchestrationRuntimeStatus.Running,
            UpdatedAt = session.LastTurn,
            WaitsFor = null,
        };
        session.Rows = 0;
        session.Run = NewRun(session.Head);
        plan.Changes.Upsert(Keys.Head(session.InstanceId), session.Head.ToProperties());
        plan.NextRun.Add(Store(plan, session.InstanceId, new BeginMessage(session.Head.Execution)));
        foreach (var unread in next.Unread)
            plan.NextRun.Add(Store(plan, session.InstanceId, new EventMessage(unread.Name, unread.Payload)));
        plan.StatusChanged |= head.Status != session.Head.Status;
    }

    private void End(TurnPlan plan, ExecutionCompleted completion, List<HistoryEvent> events)
    {
        var session = plan.Session;
        var head = session.Head!;
        var now = TurnTime(plan);
        events.Add(completion);
        Append(plan, new Turn(now, events));
        UpdateReady(plan, false);
        if (head.StartAt is { } startAt && session.Run is not { IsStarted: true })
            DropTimer(plan, StartTimer(head, startAt));
        session.Head = head with
        {
            Status = completion.Status,
            Output = completion.Output,
            Failure = completion.Failure,
            CustomStatus = session.Run?.CustomStatus ?? head.CustomStatus,
            UpdatedAt = now,
            Rows = session.Rows,
            WaitsFor = null,
        };
        session.Run = null;
        plan.Changes.Upsert(Keys.Head(session.InstanceId), session.Head.ToProperties());
        plan.StatusChanged = true;
        if (completion.Failure is { } failure)
            Log.InstanceFailed(_logger, session.InstanceId, failure.ErrorType);
        if (head.Parent is { } parent)
        {
            var reason = completion.Status switch
            {
                OrchestrationRuntimeStatus.Completed => null,
                OrchestrationRuntimeStatus.Terminated => new TaskFailureDetails("Terminated", "The sub-orchestration was terminated.", null, null),
                _ => completion.Failure,
            };
            Send(plan, parent.InstanceId, new OutcomeMessage(parent.Execution, parent.TaskId, completion.Output, reason));
        }
    }

    private static void Append(TurnPlan plan, Turn turn)
    {
        var session = plan.Session;
        if (turn.Events.Count > 0)
            session.Rows += TurnRows.Add(plan.Changes, session.InstanceId, session.Head!.Generation, session.Rows, turn);
    }

    private static void DropHistory(TurnPlan plan, Head head, int rows)
    {
        for (var row = 0; row < rows; row++)
            plan.Changes.Delete(Keys.Turn(head.InstanceId, head.Generation, row));
    }

    /// <param name="progress">Whether an activity has ended: then the recoveries are counted anew.</param>
    private static void UpdateReady(TurnPlan plan, bool ready, bool progress = true)
    {
        var session = plan.Session;
        var recovered = session.IsRecovering && progress;
        session.IsRecovering &= !progress;
        if (ready == session.HasReadyRow && !(ready && recovered))
            return;
        if (ready)
            plan.Changes.Upsert(Keys.ReadyInstance(session.InstanceId), ReadyRow.Create(session.InstanceId));
        else
            plan.Changes.Delete(Keys.ReadyInstance(session.InstanceId));
        session.HasReadyRow = ready;
    }

    private static void AddTimer(TurnPlan plan, TimerEntry timer)
    {
        plan.Changes.Upsert(timer.Row, timer.ToProperties());
        plan.NewTimers.Add(timer);
    }

    private static void Drop(TurnPlan plan, TimerCreated timer) => DropTimer(plan, EntryOf(plan.Session, timer));

    private static void DropTimer(TurnPlan plan, TimerEntry timer)
    {
        plan.Changes.Delete(timer.Row);
        plan.GoneTimers.Add(timer);
    }

    private static TimerEntry EntryOf(Session session, TimerCreated timer) =>
        TimerEntry.Create(session.InstanceId, session.Head!.Generation, session.Head.Execution, timer.Id, timer.FireAt);

    private static TimerEntry StartTimer(Head head, DateTimeOffset startAt) =>
        TimerEntry.Create(head.InstanceId, head.Generation, head.Execution, TimerEntry.StartTimer, startAt.UtcDateTime);

    private void Send(TurnPlan plan, string target, Message message) => plan.Messages.Add((target, Store(plan, target, message)));

    private Delivery Store(TurnPlan plan, string target, Message message)
    {
        var row = nextMessageRow();
        plan.Changes.Insert(row, MessageRow.Encode(target, message));
        return new Delivery(message, row);
    }

    private static bool SameBytes(byte[]? a, byte[]? b) => ReferenceEquals(a, b) || (a is not null && b is not null && a.AsSpan().SequenceEqual(b));
}

/// <summary>No orchestrator of this name is registered.</summary>
internal sealed class UnknownOrchestratorException(string name) : Exception($"No orchestrator named '{name}' is registered.");
