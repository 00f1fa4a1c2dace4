using System.Globalization;
using MappaFlows.Tables;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace MappaFlows.Workflows.Administration;

/// <summary>
/// Where an administrator's actions come in: each is judged, recorded in the log, done, and its outcome recorded after it.
/// </summary>
public sealed partial class AdminActions(
    CommandHandler<AdminLogState> handler,
    AdminLogModel model,
    IDecisionContexts<AdminLogState> contexts,
    AdminLog log,
    EngineView engine,
    IDurableTaskClientProvider clients,
    SetAsideItems setAside,
    OutboxDispatcher dispatcher,
    UndeliveredEmails undelivered,
    EmailQueueScheduler emailQueueScheduler,
    Verifications checks,
    TimeProvider time,
    ILogger<AdminActions> logger,
    IEngineOperations? operations = null) : IDisposable
{
    /// <summary>The most orchestrations that one purge removes; the next goes on.</summary>
    public const int MaxPurged = 1000;

    private const int PageSize = 100;

    // Acts are rare, and one after the other: the same form sent twice at once is one act.
    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <summary>Does what is asked, once for each key.</summary>
    /// <param name="key">
    /// The person's key for this one action; the same key again answers with the recorded outcome, or does what a crash left open.
    /// </param>
    public async Task<AdminActionResult> DoAsync(
        Person person,
        RequestAction request,
        string key,
        CancellationToken cancellationToken = default)
    {
        request = request with { Reason = request.Reason?.Trim() };

        // The right comes first: someone without it learns nothing of the obstacles.
        var context = await contexts.CreateAsync(person, state: null, request, time.GetUtcNow(), cancellationToken);
        if (model.Decide(state: null, request, context) is Decision.Refused refused)
            return new AdminActionResult.Refused(refused.Kind, refused.Problems);

        await _turn.WaitAsync(cancellationToken);
        try
        {
            return await DoInTurnAsync(person, request, Hashing.OfParts(person.Id, key), cancellationToken);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Why the act cannot be done as things stand; null where it can.</summary>
    public async Task<AdminActionResult.Refused?> FindObstacleAsync(
        AdminAction action,
        string target,
        CancellationToken cancellationToken = default)
    {
        switch (action)
        {
            case AdminAction.PurgeOld:
                if (DayOf(target) is not { } day) return Refuse(RefusalKind.NotFound, "There is no such day.");
                return day > LondonTime.Today(time.GetUtcNow()) ? Refuse(RefusalKind.Invalid, "The day must be today or in the past") : null;
            case AdminAction.RetryQuarantined or AdminAction.DiscardQuarantined:
                return (await engine.QuarantinedAsync(cancellationToken)).Any(parked => parked.Key == target)
                    ? null
                    : Refuse(RefusalKind.NotFound, "This is not, or no longer, quarantined.");
            case AdminAction.RetryEmail:
                return await undelivered.FindAsync(target, cancellationToken) is null
                    ? Refuse(RefusalKind.NotFound, "This email is not, or no longer, undelivered.")
                    : null;
            case AdminAction.VerifyCheckpoints:
                if (await checks.FindAsync(target, cancellationToken) is null) return Refuse(RefusalKind.NotFound, "There is no such checkpoint.");
                return await checks.LastAsync(cancellationToken) is { IsRunning: true }
                    ? Refuse(RefusalKind.Conflict, "A verification is running. Wait until it ends, then start the next.")
                    : null;
            default:
                if (await engine.FindAsync(target, cancellationToken) is not { Metadata: var found })
                    return Refuse(RefusalKind.NotFound, "There is no such orchestration, or no longer.");
                return AdminActionRules.For(found.RuntimeStatus, engine.SeesInside).Contains(action)
                    ? null
                    : Refuse(RefusalKind.Conflict, $"This cannot be done any more: the orchestration is {found.RuntimeStatus.ToString().ToLowerInvariant()}.");
        }
    }

    /// <summary>The day that a purge's target names, or null.</summary>
    public static DateOnly? DayOf(string target) =>
        DateOnly.TryParseExact(target, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    public void Dispose() => _turn.Dispose();

    private async Task<AdminActionResult> DoInTurnAsync(
        Person person,
        RequestAction request,
        string key,
        CancellationToken cancellationToken)
    {
        // What was recorded before is no longer asked for its obstacles: it may be done by now.
        var result = await handler.FindEarlierAsync(person, AdminLogModel.Id, request, key, cancellationToken);
        if (result is null)
        {
            if (await FindObstacleAsync(request.Action, request.Target, cancellationToken) is { } obstacle) return obstacle;
            result = await handler.ExecuteAsync(person, AdminLogModel.Id, request, key, cancellationToken);
        }

        if (result is CommandResult<AdminLogState>.Refused refused)
        {
            return refused.Kind == RefusalKind.Conflict
                ? Refuse(RefusalKind.Conflict, "This form was sent before for another action. Nothing was changed. Open the page again.")
                : new AdminActionResult.Refused(refused.Kind, refused.Problems);
        }

        // It is recorded, so it is carried out, even if the caller no longer waits.
        var (now, sequence, _) = (CommandResult<AdminLogState>.Done)result;
        if (now.Open.Contains(sequence)) await CarryOutAsync(person, sequence, request);
        return await log.FindAsync(sequence, CancellationToken.None) is { } entry
            ? new AdminActionResult.Attempted(entry)
            : Refuse(RefusalKind.Conflict, "The log no longer has this action as it was recorded. Open the log.");
    }

    private async Task CarryOutAsync(Person person, long sequence, RequestAction request)
    {
        var (isDone, message) = await TryAsync(sequence, request);
        LogDone(sequence, request.Action, isDone);
        await handler.ExecuteAsync(
            person,
            AdminLogModel.Id,
            new CompleteAction(sequence, isDone, message),
            key: null,
            CancellationToken.None);
    }

    private async Task<(bool IsDone, string Message)> TryAsync(long sequence, RequestAction request)
    {
        try
        {
            return await ActAsync(sequence, request);
        }
        catch (TableUnavailableException)
        {
            // Whether it was done is not known, and neither could that be written.
            throw;
        }
        catch (InvalidOperationException exception)
        {
            return (false, exception.Message);
        }
        catch (Exception exception)
        {
            LogFailed(exception, sequence, request.Action);
            return (false, $"It failed: {exception.GetType().Name}. See the log of the host.");
        }
    }

    private async Task<(bool IsDone, string Message)> ActAsync(long sequence, RequestAction request)
    {
        var target = request.Target;

        // A person's own words stay here: histories last for ever and hold nothing but ids and dates.
        var trace = string.Create(CultureInfo.InvariantCulture, $"Audit entry {sequence}");
        return request.Action switch
        {
            AdminAction.Retry => await RestartAsync(target),
            AdminAction.Suspend => Said(await Client.WhereLiveAsync(target, () => Client.SuspendInstanceAsync(target, trace)), "It is suspended.", "It had ended before."),
            AdminAction.Resume => Said(await Client.WhereLiveAsync(target, () => Client.ResumeInstanceAsync(target, trace)), "It goes on.", "It had ended before."),
            AdminAction.Terminate => Said(await Client.WhereLiveAsync(target, () => Client.TerminateInstanceAsync(target, trace)), "It was ended.", "It had ended before."),
            AdminAction.Purge => Said(await PurgeAsync(target), "It was removed with its history.", "It was gone."),
            AdminAction.PurgeOld => await PurgeOldAsync(LondonTime.StartOf(DayOf(target)!.Value)),
            AdminAction.RetryQuarantined => Said(await PutBackAsync(target), "It is back in service.", "It was back in service before."),
            AdminAction.DiscardQuarantined => Said(await setAside.RemoveAsync(target) || await Inside().DiscardQuarantinedAsync(target), "It was removed for good.", "It was gone."),
            AdminAction.RetryEmail => await RetryEmailAsync(target),
            AdminAction.VerifyCheckpoints => await VerifyCheckpointsAsync(sequence, target),
            _ => throw new InvalidOperationException($"No one knows how to {request.Action}."),
        };
    }

    private async Task<(bool IsDone, string Message)> PurgeOldAsync(DateTimeOffset before)
    {
        var purged = 0;

        // What ended before that time began before it.
        var query = new OrchestrationQuery(
            CreatedTo: before,
            Statuses: [OrchestrationRuntimeStatus.Completed, OrchestrationRuntimeStatus.Failed, OrchestrationRuntimeStatus.Terminated],
            PageSize: PageSize);
        await foreach (var instance in Client.GetAllInstancesAsync(query))
        {
            if (purged == MaxPurged) break;
            if (instance.LastUpdatedAt < before && await PurgeAsync(instance.InstanceId)) purged++;
        }

        var count = purged == 1 ? "1 orchestration was removed." : string.Create(CultureInfo.InvariantCulture, $"{purged:N0} orchestrations were removed.");
        return (true, purged < MaxPurged ? count : $"{count} That is the most at one time: there may be more.");
    }

    private async Task<bool> PurgeAsync(string instanceId) => (await Client.PurgeInstanceAsync(instanceId)).PurgedInstanceCount > 0;

    private async Task<(bool IsDone, string Message)> RestartAsync(string instanceId)
    {
        try
        {
            await Client.RestartAsync(instanceId);
            return (true, "It runs again from its beginning.");
        }
        catch (ArgumentException)
        {
            return (false, "It was gone.");
        }
    }

    /// <summary>An item of an outbox is tried at once; a message of the engine by the engine.</summary>
    private async Task<bool> PutBackAsync(string target)
    {
        if (await setAside.PutBackAsync(target) is not { } stream) return await Inside().RetryQuarantinedAsync(target);
        await dispatcher.TryDispatchAsync(stream, CancellationToken.None);
        return true;
    }

    private async Task<(bool IsDone, string Message)> RetryEmailAsync(string notificationId)
    {
        var outcome = await undelivered.RetryAsync(notificationId, CancellationToken.None);
        if (outcome == RetryOutcome.Waits) await emailQueueScheduler.WakeAsync();
        return outcome switch
        {
            RetryOutcome.Sent => (true, "It was sent again."),
            RetryOutcome.Waits => (true, "It waits to be sent."),
            RetryOutcome.Failed => (false, $"It was tried again, and could not be sent again: {(await undelivered.FindAsync(notificationId))?.Reason}"),
            _ => (false, "It was gone."),
        };
    }

    private async Task<(bool IsDone, string Message)> VerifyCheckpointsAsync(long sequence, string target)
    {
        if (await checks.FindAsync(target) is not { } checkpoints) return (false, "There was no such checkpoint.");
        await checks.BeginAsync(CaseInstanceIds.VerifyCheckpoints(sequence), checkpoints);
        return (true, "The verification has started.");
    }

    private DurableTaskClient Client => clients.GetClient();

    private IEngineOperations Inside() => operations ?? throw new InvalidOperationException("The engine of this host cannot do that.");

    private static (bool IsDone, string Message) Said(bool isDone, string done, string notDone) => (isDone, isDone ? done : notDone);

    private static AdminActionResult.Refused Refuse(RefusalKind kind, string message) => new(kind, [new("", message)]);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Audit entry {Sequence}: an administrator asked for {Action}; done: {IsDone}.")]
    private partial void LogDone(long sequence, AdminAction action, bool isDone);

    [LoggerMessage(Level = LogLevel.Error, Message = "Audit entry {Sequence}: {Action} failed.")]
    private partial void LogFailed(Exception exception, long sequence, AdminAction action);
}
