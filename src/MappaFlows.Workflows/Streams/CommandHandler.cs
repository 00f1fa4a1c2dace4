using System.Text.Json;
using MappaFlows.Tables;
using Microsoft.Extensions.Logging;

namespace MappaFlows.Workflows.Streams;

/// <summary>
/// Command → decide → commit, for every kind of stream. The answer is given only when the commit is durable; what follows from it is in the
/// outbox by then.
/// </summary>
public sealed partial class CommandHandler<TState>(
    StreamModel<TState> model,
    StreamStore streams,
    OutboxIndex outboxIndex,
    IDecisionContexts<TState> contexts,
    IReactions<TState> reactions,
    TimeProvider time,
    ILogger<CommandHandler<TState>> logger)
    where TState : class
{
    private const string SentBefore =
        "This was sent before with other content. Nothing was changed. Look at how things stand now, then send it as a new request.";

    private const string TooMuchAtOnce =
        "This would change too much at once. Nothing was changed. Withdraw or decide some of what is open first.";

    /// <summary>Events and outbox items of one commit; the state and the receipt come to them.</summary>
    private const int MaxChanges = TableLimits.ChangesPerCommit - 2;

    private const string NoRoom =
        "This record holds as much text as it can, so there is no room for this. Nothing was changed. Shorten the text, and keep the rest in your agency’s own system.";

    /// <summary>Decides a command and commits its events, or the record that its refusal keeps.</summary>
    /// <param name="key">The sender's key for this one command; the same key again answers as the first time. Null for the clock.</param>
    public async Task<CommandResult<TState>> ExecuteAsync(
        Person actor,
        string id,
        Command command,
        string? key,
        CancellationToken cancellationToken = default) =>
        await ExecuteAsync(actor, id, command, key, expected: null, cancellationToken);

    /// <inheritdoc cref="ExecuteAsync(Person, string, Command, string?, CancellationToken)"/>
    /// <param name="expected">The sequence that the stream must be at; null for any. Where it is at another, nothing is done.</param>
    public async Task<CommandResult<TState>> ExecuteAsync(
        Person actor,
        string id,
        Command command,
        string? key,
        long? expected,
        CancellationToken cancellationToken = default)
    {
        var hash = key is null ? "" : HashOf(actor, command);
        var isAgain = false;
        return await Retries.Conflicts.ExecuteAsync(
            async token =>
            {
                var (stored, decision, context) = await TryAsync(actor, id, command, token);

                // Where others were first, that may have been this very command, sent twice.
                var isStale = expected is not null && expected != stored?.Head.Sequence;
                if ((isAgain || isStale || decision is Decision.Refused)
                    && await FindEarlierAsync(stored, id, key, hash, token) is { } earlier)
                {
                    return earlier;
                }

                // Who may not do it at all is told that, and what a refusal records is recorded.
                if (isStale && decision is not Decision.Refused { Kind: RefusalKind.Forbidden or RefusalKind.NotFound }
                    && decision is not Decision.Refused { Record.Count: > 0 })
                {
                    return new CommandResult<TState>.Stale();
                }

                isAgain = true;
                return await CarryOutAsync(stored, id, decision, key, hash, context, token);
            },
            cancellationToken);
    }

    /// <summary>The answer to this key, if the key was used before. Decides nothing and commits nothing.</summary>
    public async Task<CommandResult<TState>?> FindEarlierAsync(
        Person actor,
        string id,
        Command command,
        string key,
        CancellationToken cancellationToken = default) =>
        await streams.FindReceiptAsync(model.Stream(id), key, cancellationToken) is { } receipt
        && await streams.LoadAsync(model, id, cancellationToken) is { } stored
            ? Again(stored, receipt, HashOf(actor, command))
            : null;

    /// <summary>How the command would be decided. Commits nothing and records nothing.</summary>
    public async Task<Decision> ValidateAsync(Person actor, string id, Command command, CancellationToken cancellationToken = default) =>
        (await TryAsync(actor, id, command, cancellationToken)).Decision;

    /// <summary>What would follow from this command, without giving it; null where it would be refused.</summary>
    public async Task<CommandPreview<TState>?> PreviewAsync(
        Person actor,
        string id,
        Command command,
        CancellationToken cancellationToken = default)
    {
        var (stored, decision, context) = await TryAsync(actor, id, command, cancellationToken);
        if (stored is null || decision is not Decision.Accepted accepted) return null;
        var change = Record(stored, id, accepted.Events, context);
        return new(change.After, reactions.To(change.Events, change.After, context));
    }

    private async Task<(StoredStream<TState>? Stored, Decision Decision, DecisionContext Context)> TryAsync(
        Person actor,
        string id,
        Command command,
        CancellationToken cancellationToken)
    {
        var stored = command is IDecidedFromEvents
            ? await streams.RebuildAsync(model, id, cancellationToken)
            : await streams.LoadAsync(model, id, cancellationToken);
        var context = await contexts.CreateAsync(actor, stored?.State, command, time.GetUtcNow(), cancellationToken);
        return (stored, model.Decide(stored?.State, command, context), context);
    }

    /// <summary>Does what the decision says: commits its events, or the record of a refusal.</summary>
    private async Task<CommandResult<TState>> CarryOutAsync(
        StoredStream<TState>? stored,
        string id,
        Decision decision,
        string? key,
        string commandHash,
        DecisionContext context,
        CancellationToken cancellationToken)
    {
        switch (decision)
        {
            case Decision.Accepted { Events.Count: 0 }:
                return new CommandResult<TState>.Done(stored!.State, stored.Head.Sequence);
            case Decision.Accepted accepted:
                var change = RecordFitting(stored, id, accepted.Events, context);
                if (change.Changes > MaxChanges)
                    return new CommandResult<TState>.Refused(RefusalKind.Invalid, [new("", TooMuchAtOnce)]);
                if (context.ActorId != Person.Clock.Id && IsTooFull(stored, change))
                    return new CommandResult<TState>.Refused(RefusalKind.Invalid, [new("", NoRoom)]);
                await CommitAsync(stored, change, key, commandHash, context, cancellationToken);
                return new CommandResult<TState>.Done(change.After, change.Events[^1].Sequence);
            case Decision.Refused { Record: var attempt } refused:
                if (attempt.Count > 0)
                    await CommitAsync(stored, Record(stored, id, attempt, context), key: null, commandHash, context, cancellationToken);
                return new CommandResult<TState>.Refused(refused.Kind, refused.Problems, IsRecorded: attempt.Count > 0);
            default:
                throw new InvalidOperationException($"{decision.GetType().Name} is no decision.");
        }
    }

    /// <summary>The events as they are recorded, and the state that they make.</summary>
    private StreamChange Record(StoredStream<TState>? stored, string id, IReadOnlyList<StreamEvent> events, DecisionContext context)
    {
        var stream = model.Stream(id);
        var after = stored?.State;
        var head = stored?.Head ?? StreamHead.Start;
        var first = head.Sequence + 1;
        foreach (var (index, happened) in events.Index()) after = model.Apply(after, happened, context.Info(first + index));

        // The last event of the commit seals the state that the commit stores.
        var state = model.Write(after!);
        var hash = HashChain.OfState(head.Sequence + events.Count, state);
        var recorded = new List<RecordedEvent>(events.Count);
        foreach (var (index, happened) in events.Index())
        {
            var record = EventRecord.After(
                head.Hash,
                stream,
                context.Info(first + index),
                model.Events.NameOf(happened),
                model.Events.Write(happened),
                index == events.Count - 1 ? hash : null);
            recorded.Add(new(stream, record, happened));
            head = new(first + index, record.Hash);
        }

        return new(stream, recorded, after!, state, reactions.To(recorded, after!, context));
    }

    /// <summary>
    /// The change by as many of the events as one commit holds with what follows from them. The clock is asked again, and goes on where it
    /// stopped; a person's command is done as a whole or not at all.
    /// </summary>
    private StreamChange RecordFitting(
        StoredStream<TState>? stored,
        string id,
        IReadOnlyList<StreamEvent> events,
        DecisionContext context)
    {
        var change = Record(stored, id, events, context);
        while (context.ActorId == Person.Clock.Id && change.Changes > MaxChanges && change.Events.Count > 1)
            change = Record(stored, id, [.. events.Take(change.Events.Count / 2)], context);
        return change;
    }

    private bool IsTooFull(StoredStream<TState>? stored, StreamChange change) =>
        StateColumns.IsTooFull(change.State, before: () => stored is null ? null : model.Write(stored.State));

    private async Task CommitAsync(
        StoredStream<TState>? stored,
        StreamChange change,
        string? key,
        string commandHash,
        DecisionContext context,
        CancellationToken cancellationToken)
    {
        var sequence = change.Events[^1].Sequence;
        var outbox = change.Outbox;
        if (outbox.Count > 0) await outboxIndex.AddAsync(change.Stream, sequence, cancellationToken);
        var receipt = key is null ? null : new Receipt(key, commandHash, sequence);
        await streams.CommitAsync(change.Stream, stored?.ETag, change.State, change.Events, outbox, receipt, cancellationToken);
        LogCommitted(change.Stream, sequence, change.Events[0].Record.Type);
    }

    /// <summary>The answer that this key was given before, if it was.</summary>
    private async ValueTask<CommandResult<TState>?> FindEarlierAsync(
        StoredStream<TState>? stored,
        string id,
        string? key,
        string commandHash,
        CancellationToken cancellationToken)
    {
        if (stored is null || key is null || await streams.FindReceiptAsync(model.Stream(id), key, cancellationToken) is not { } receipt)
            return null;
        return Again(stored, receipt, commandHash);
    }

    private static CommandResult<TState> Again(StoredStream<TState> stored, Receipt receipt, string commandHash) =>
        receipt.CommandHash == commandHash
        ? new CommandResult<TState>.Done(stored.State, receipt.Sequence, WasDoneBefore: true)
        : new CommandResult<TState>.Refused(RefusalKind.Conflict, [new("", SentBefore)]);

    private static string HashOf(Person actor, Command command) => Hashing.OfBytes(
        JsonSerializer.SerializeToUtf8Bytes(new { actor.Id, Name = command.GetType().Name, Command = (object)command },
            StreamJson.Options));

    [LoggerMessage(Level = LogLevel.Information, Message = "{Stream} is at {Sequence} after {EventName}.")]
    private partial void LogCommitted(StreamId stream, long sequence, string eventName);

    /// <summary>What a command changes.</summary>
    /// <param name="State">The state after the events, as it is stored.</param>
    private sealed record StreamChange(
        StreamId Stream,
        IReadOnlyList<RecordedEvent> Events,
        TState After,
        IReadOnlyList<StoredPart> State,
        IReadOnlyList<OutboxItem> Outbox)
    {
        /// <summary>Rows that it adds.</summary>
        public int Changes => Events.Count + Outbox.Count;
    }
}
