using MappaFlows.DurableTask.Embedded.Engine.History;
using MappaFlows.DurableTask.Embedded.Engine.Replay;
using MappaFlows.DurableTask.Embedded.Engine.Work;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace MappaFlows.DurableTask.Embedded.Engine;

/// <summary>Runs one turn of an instance: from the messages that came to the changes that they make. Touches no store.</summary>
internal sealed class TurnProcessor(InstanceRuns runs, EmbeddedDurableTaskOptions options, TimeProvider time, Func<string> nextMessageRow)
{
    // An instance that continues as new after each event goes on in the same turn, so that what it has not read is not written again
    // and again. One that continues without end ends its turn after this many runs.
    private const int MaxRunsPerTurn = 250;

    /// <exception cref="VersionLeftException">This worker leaves the instance to another.</exception>
    public TurnPlan Process(Session session, List<Delivery> batch)
    {
        var plan = new TurnPlan(session, batch, nextMessageRow);
        var incoming = new List<Incoming>();
        var started = false;
        if (session.Head is { IsLive: true } && !ReplayStored(plan))
        {
            // The replay stopped it; the messages that came are too late.
            foreach (var delivery in batch)
                delivery.Answer = Receipt.NoLiveInstance;
            return plan;
        }
        foreach (var delivery in batch)
        {
            switch (delivery.Message)
            {
                case StartMessage start:
                    delivery.Answer = runs.Start(plan, start, incoming);
                    started |= delivery.Answer == Receipt.Accepted;
                    break;
                case PurgeMessage:
                    delivery.Answer = InstanceRuns.Purge(plan);
                    return plan;
                case RetryMessage:
                    delivery.Answer = runs.Retry(plan, incoming);
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
        try
        {
            session.Run = runs.NewRun(head);
            session.Stored = null;
            // A run that has no turn yet may follow one that had: not even then does the time go back.
            session.LastTurn = head.UpdatedAt.UtcDateTime;
            foreach (var turn in stored)
            {
                session.Run.Replay(turn);
                session.LastTurn = turn.Time;
            }
        }
        catch (DivergedException e)
        {
            Stop(plan, stored, Failures.Named(DivergedException.ErrorType, e.Message));
            return false;
        }
        catch (CannotRunException e)
        {
            Stop(plan, stored, Failures.Named(e.ErrorType, e.Message));
            return false;
        }
        session.HasReadyRow = session.Run.Open.ActivityCount > 0;
        session.TakeUp = true;
        return true;
    }

    private void Stop(TurnPlan plan, List<Turn> stored, TaskFailureDetails failure)
    {
        var session = plan.Session;
        session.Stored = null;
        session.Run = null;
        session.HasReadyRow = true;
        foreach (var timer in stored.SelectMany(turn => turn.Events).OfType<TimerCreated>())
            plan.DropTimer(InstanceRuns.EntryOf(session, timer));
        runs.End(plan, new ExecutionCompleted(OrchestrationRuntimeStatus.Failed, null, failure), [], TurnTime(plan), isFinal: true);
    }

    private static Receipt Receive(TurnPlan plan, Message message, List<Incoming> incoming)
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
            case OutcomeMessage outcome when outcome.Execution == head.Execution && run.Open.Awaits(outcome.TaskId):
                incoming.Add(outcome.Failure is { } failure
                    ? new TaskFailed(outcome.TaskId, failure, outcome.IsFinal)
                    : new TaskCompleted(outcome.TaskId, outcome.Result));
                break;
            case TimerMessage { Timer: var timer } when timer.Execution == head.Execution && timer.TimerId == TimerEntry.StartTimer:
            case BeginMessage begin when begin.Execution == head.Execution:
                if (!run.IsStarted)
                    incoming.Add(new ExecutionStarted());
                break;
            case TimerMessage { Timer: var timer } when timer.Execution == head.Execution && run.Open.Awaits(timer.TimerId):
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
                incoming.Add(new ExecutionTerminated(terminate.Output, terminate.IsRecursive));
                break;
        }
        return Receipt.Accepted;
    }

    private void Run(TurnPlan plan, List<Incoming> incoming, bool started)
    {
        var session = plan.Session;
        var now = TurnTime(plan);
        session.LastTurn = now;
        var maxRuns = options.ReplayAfterEveryAwait ? 1 : MaxRunsPerTurn;
        for (var count = 1; ; count++)
        {
            var customStatus = session.Run!.CustomStatus;
            var outcome = session.Run.Run(now, incoming);
            foreach (var timer in outcome.CancelledTimers)
            {
                if (count == 1)
                    plan.DropTimer(InstanceRuns.EntryOf(session, timer));
            }
            if (outcome.NextRun is not { } next)
            {
                Finish(plan, incoming, outcome, now, started, customStatus);
                return;
            }
            Send(plan, outcome.Requests);
            try
            {
                runs.ContinueAsNew(plan, next, isStored: count == 1);
            }
            catch (CannotRunException e)
            {
                session.Run = null;
                runs.End(
                    plan,
                    new ExecutionCompleted(OrchestrationRuntimeStatus.Failed, null, Failures.Named(e.ErrorType, e.Message)),
                    [],
                    now,
                    isFinal: true);
                return;
            }
            if (count == maxRuns)
            {
                KeepForNextRun(plan, next);
                return;
            }
            started = true;
            // What is done to the instance comes before the code: code that continues as new at once would never let it come to that.
            incoming = [.. next.Incoming.Where(e => e is not EventRaised), new ExecutionStarted(), .. next.Incoming.OfType<EventRaised>()];
        }
    }

    private void Finish(TurnPlan plan, List<Incoming> incoming, TurnOutcome outcome, DateTime now, bool started, byte[]? customStatus)
    {
        var session = plan.Session;
        var run = session.Run!;
        var events = new List<HistoryEvent>(incoming.Count + outcome.Requests.Count + 1);
        events.AddRange(incoming);
        events.AddRange(outcome.Requests);
        Send(plan, outcome.Requests);
        if (outcome.Completion is { } completion)
        {
            runs.End(plan, completion, events, now);
            return;
        }

        foreach (var timer in outcome.Requests.OfType<TimerCreated>())
        {
            if (run.Open.Has(timer.Id))
                plan.AddTimer(InstanceRuns.EntryOf(session, timer));
        }
        plan.Append(new Turn(now, events));
        StartActivities(plan, outcome.Requests);
        plan.UpdateReady(run.Open.ActivityCount > 0, progress: incoming.Exists(e => e is TaskCompleted or TaskFailed));

        var head = session.Head!;
        var status = run.IsSuspended ? OrchestrationRuntimeStatus.Suspended
            : !run.IsStarted ? OrchestrationRuntimeStatus.Pending
            : OrchestrationRuntimeStatus.Running;
        var statusChanged = status != head.Status;
        plan.StatusChanged |= statusChanged;
        var atRest = run.Open.ActivityCount == 0 && events.Count > 0;
        if (started || statusChanged || atRest || !IsSame(customStatus, run.CustomStatus))
        {
            plan.WriteHead(head with
            {
                Status = status,
                UpdatedAt = new DateTimeOffset(now),
                CustomStatus = run.CustomStatus,
                WaitsFor = atRest ? Waits.Describe(run) : null,
            });
        }
    }

    private static void KeepForNextRun(TurnPlan plan, NextRun next)
    {
        plan.KeepForNextRun(new BeginMessage(plan.Session.Head!.Execution));
        foreach (var left in next.Incoming)
        {
            plan.KeepForNextRun(left switch
            {
                EventRaised e => new EventMessage(e.Name, e.Payload),
                ExecutionSuspended e => new SuspendMessage(e.Reason),
                ExecutionResumed e => new ResumeMessage(e.Reason),
                ExecutionTerminated e => new TerminateMessage(e.Output, e.IsRecursive),
                _ => throw new ArgumentOutOfRangeException(nameof(next), left.GetType().Name, "Nothing that a next run begins with."),
            });
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

    private static void Send(TurnPlan plan, IReadOnlyList<Requested> requests)
    {
        var head = plan.Session.Head!;
        foreach (var request in requests)
        {
            switch (request)
            {
                case SubOrchestrationScheduled sub:
                    var parent = new ParentLink(head.Name, head.InstanceId, head.Execution, sub.Id);
                    plan.Send(
                        sub.InstanceId,
                        new StartMessage(sub.Name, sub.Input, sub.Version, Guid.NewGuid(), null, parent) { Tags = sub.Tags });
                    break;
                case EventSent sent:
                    plan.Send(sent.InstanceId, new EventMessage(sent.Name, sent.Payload));
                    break;
            }
        }
    }

    private static void StartActivities(TurnPlan plan, IReadOnlyList<Requested> requests)
    {
        var session = plan.Session;
        var tasks = session.TakeUp ? session.Run!.Open.Activities : requests.OfType<TaskScheduled>();
        foreach (var task in tasks)
            plan.Activities.Add(new ActivityStart(session.InstanceId, session.Head!.Execution, task, null));
        session.TakeUp = false;
    }

    private static bool IsSame(byte[]? a, byte[]? b) =>
        ReferenceEquals(a, b) || (a is not null && b is not null && a.AsSpan().SequenceEqual(b));
}
