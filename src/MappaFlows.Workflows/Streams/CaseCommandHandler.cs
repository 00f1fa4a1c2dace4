using System.Text.Json;
using MappaFlows.Tables;
using Microsoft.Extensions.Logging;

namespace MappaFlows.Workflows.Streams;

/// <summary>Command → decide → commit. An answer is given only when the commit is durable; what follows from it is in the outbox by then.</summary>
public sealed partial class CaseCommandHandler(
    CaseStreamStore cases,
    IPeopleDirectory people,
    OutboxIndex pending,
    PolicyBook policy,
    WorkingCalendar calendar,
    TimeProvider time,
    ILogger<CaseCommandHandler> logger)
{
    /// <summary>How often a commit is tried anew when others change the case at the same time.</summary>
    private const int Attempts = 20;

    /// <summary>Decides a command and commits what follows.</summary>
    /// <param name="key">The sender's key for this one command; the same key again answers as the first time. Null for the clock.</param>
    public async Task<CommandResult> ExecuteAsync(
        Person actor,
        CaseReference reference,
        CaseCommand command,
        string? key,
        CancellationToken cancellationToken = default)
    {
        (string Key, string CommandHash)? receipt = key is null ? null : (key, HashOf(actor, command));
        for (var attempt = 1; ; attempt++)
        {
            var stored = await cases.LoadAsync(reference, cancellationToken);
            var context = new CaseContext(actor, time.GetUtcNow(), policy, calendar, await PeopleAsync(stored, command, cancellationToken));
            var decision = CaseDecider.Decide(stored?.Case, command, context);
            switch (decision)
            {
                case Decision.Refused refused:
                    if (await FindEarlierAsync(stored, receipt, cancellationToken) is { } answered) return answered;
                    if (command is DecideDisclosure attempted && stored is not null)
                        await RecordRefusedAttemptAsync(actor, stored.Case, attempted, refused, cancellationToken);
                    return new CommandResult.Refused(refused.Kind, refused.Problems);
                case Decision.Accepted { Events.Count: 0 }:
                    return new CommandResult.Done();
                case Decision.Accepted accepted:
                    try
                    {
                        await CommitAsync(stored, reference, [.. accepted.Events.OfType<CaseEvent>()], receipt, context, cancellationToken);
                        return new CommandResult.Done();
                    }
                    catch (TableStoreException exception) when (exception is EntityExistsException or EntityChangedException && attempt < Attempts)
                    {
                        var changed = await cases.LoadAsync(reference, cancellationToken);
                        if (await FindEarlierAsync(changed, receipt, cancellationToken) is { } earlier) return earlier;
                    }

                    break;
            }
        }
    }

    /// <summary>The case and everything it waits for; null where there is no such case.</summary>
    public async Task<Timetable?> TimetableAsync(CaseReference reference, CancellationToken cancellationToken = default) =>
        await cases.LoadAsync(reference, cancellationToken) is { } stored ? Timetable.Of(stored.Case, policy, calendar) : null;

    /// <summary>What the case would wait for after this command, without giving it; null where it would be refused.</summary>
    public async Task<Timetable?> PreviewAsync(
        Person actor,
        CaseReference reference,
        CaseCommand command,
        CancellationToken cancellationToken = default)
    {
        var (stored, decision, now) = await TryAsync(actor, reference, command, cancellationToken);
        if (stored is null || decision is not Decision.Accepted accepted) return null;
        var after = accepted.Events.OfType<CaseEvent>().Aggregate(stored.Case, (before, next) => CaseApply.Apply(before, next, now, actor.Id));
        return Timetable.Of(after, policy, calendar);
    }

    /// <summary>How this command would be refused, without giving it, and without a record of the attempt; null where it would be done.</summary>
    public async Task<CommandResult.Refused?> ValidateAsync(
        Person actor,
        CaseReference reference,
        CaseCommand command,
        CancellationToken cancellationToken = default) =>
        (await TryAsync(actor, reference, command, cancellationToken)).Decision is Decision.Refused refused ? new(refused.Kind, refused.Problems) : null;

    /// <summary>Decides a command as the case stands now, and commits nothing.</summary>
    private async Task<(StoredStream? Stored, Decision Decision, DateTimeOffset Now)> TryAsync(
        Person actor,
        CaseReference reference,
        CaseCommand command,
        CancellationToken cancellationToken)
    {
        var stored = await cases.LoadAsync(reference, cancellationToken);
        var now = time.GetUtcNow();
        var context = new CaseContext(actor, now, policy, calendar, await PeopleAsync(stored, command, cancellationToken));
        return (stored, CaseDecider.Decide(stored?.Case, command, context), now);
    }

    private async Task CommitAsync(
        StoredStream? stored,
        CaseReference reference,
        IReadOnlyList<CaseEvent> events,
        (string Key, string CommandHash)? receipt,
        CaseContext context,
        CancellationToken cancellationToken)
    {
        var after = stored?.Case;
        var lastHash = stored?.LastHash ?? RecordedEvent.Start;
        var recorded = new List<RecordedEvent>(events.Count);
        foreach (var happened in events)
        {
            after = CaseApply.Apply(after, happened, context.Now, context.Actor.Id);
            recorded.Add(RecordedEvent.After(lastHash, reference, after.Version, context.Now, context.Actor.Id, context.Actor.Name, happened));
            lastHash = recorded[^1].Hash;
        }

        var outbox = CaseReactions.Of(recorded, after!, context.People);
        if (outbox.Count > 0) await pending.AddAsync(reference, after!.Version, cancellationToken);
        await cases.CommitAsync(stored, after!, recorded, outbox, receipt, cancellationToken);
        LogCommitted(reference, after!.Version, events[0].GetType().Name);
    }

    private async ValueTask<IReadOnlyList<Person>> PeopleAsync(StoredStream? stored, CaseCommand command, CancellationToken cancellationToken)
    {
        var area = stored?.Case.AreaCode ?? (command as SubmitReferral)?.Referral.Placement.Area;
        return area is null ? [] : await people.InAreaAsync(area, cancellationToken);
    }

    /// <summary>The answer that this key was given before, if it was.</summary>
    private async ValueTask<CommandResult?> FindEarlierAsync(
        StoredStream? stored,
        (string Key, string CommandHash)? receipt,
        CancellationToken cancellationToken)
    {
        if (stored is null || receipt is not { } given) return null;
        return await cases.FindReceiptAsync(stored.Case.Reference, given.Key, given.CommandHash, cancellationToken) switch
        {
            true => new CommandResult.Done(WasDoneBefore: true),
            false => new CommandResult.Refused(
                RefusalKind.Conflict,
                [new("", "This was sent before with other content. Nothing was changed: look at the case, then send it again as new.")]),
            null => null,
        };
    }

    /// <summary>An approval that somebody was not let give is itself part of the record.</summary>
    private async Task RecordRefusedAttemptAsync(
        Person actor,
        CaseState state,
        DecideDisclosure attempted,
        Decision.Refused refused,
        CancellationToken cancellationToken)
    {
        if (refused.Kind is not (RefusalKind.Forbidden or RefusalKind.Conflict)) return;
        await ExecuteAsync(actor, state.Reference, new RecordRefusedAttempt(attempted.Number, refused.Problems[0].Message), key: null, cancellationToken);
    }

    private static string HashOf(Person actor, CaseCommand command) => Hashing.OfBytes(
        JsonSerializer.SerializeToUtf8Bytes(new { actor.Id, Name = command.GetType().Name, Command = (object)command }, StreamJson.Options));

    [LoggerMessage(Level = LogLevel.Information, Message = "Case {Reference} is at version {Version} after {EventName}.")]
    private partial void LogCommitted(CaseReference reference, long version, string eventName);
}
