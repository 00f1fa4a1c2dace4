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
                return await CommitAsync(stored, id, decision, key, hash, context, token);
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

    /// <summary>The state after this command, without giving it; null where it would be refused.</summary>
    public async Task<TState?> PreviewAsync(Person actor, string id, Command command, CancellationToken cancellationToken = default)
    {
        var (stored, decision, context) = await TryAsync(actor, id, command, cancellationToken);
        return stored is not null && decision is Decision.Accepted accepted
            ? model.ApplyAll(stored.State, stored.Head.Sequence, accepted.Events, context)
            : null;
    }

    private async Task<(StoredStream<TState>? Stored, Decision Decision, DecisionContext Context)> TryAsync(
        Person actor,
        string id,
        Command command,
        CancellationToken cancellationToken)
    {
        var stored = await streams.LoadAsync(model, id, cancellationToken);
        var context = await contexts.CreateAsync(actor, stored?.State, command, time.GetUtcNow(), cancellationToken);
        return (stored, model.Decide(stored?.State, command, context), context);
    }

    /// <summary>Commits what the decision makes, also the record of a refusal.</summary>
    private async Task<CommandResult<TState>> CommitAsync(
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
            case Decision.Accepted accepted when context.ActorId != Person.Clock.Id && IsTooFull(stored, accepted.Events, context):
                return new CommandResult<TState>.Refused(RefusalKind.Invalid, [new("", NoRoom)]);
            case Decision.Accepted accepted:
                var (after, sequence) = await CommitAsync(stored, id, accepted.Events, key, commandHash, context, cancellationToken);
                return new CommandResult<TState>.Done(after, sequence);
            case Decision.Refused refused:
                if (refused.Record.Count > 0)
                    await CommitAsync(stored, id, refused.Record, key: null, commandHash, context, cancellationToken);
                return new CommandResult<TState>.Refused(refused.Kind, refused.Problems, IsRecorded: refused.Record.Count > 0);
            default:
                throw new InvalidOperationException($"{decision.GetType().Name} is no decision.");
        }
    }

    private bool IsTooFull(StoredStream<TState>? stored, IReadOnlyList<StreamEvent> events, DecisionContext context)
    {
        var (after, sequence) = (stored?.State, stored?.Head.Sequence ?? 0);
        foreach (var happened in events) after = model.Apply(after, happened, context.Info(++sequence));
        return StateColumns.IsTooFull(model.Write(after!), () => stored is null ? null : model.Write(stored.State));
    }

    private async Task<(TState After, long Sequence)> CommitAsync(
        StoredStream<TState>? stored,
        string id,
        IReadOnlyList<StreamEvent> events,
        string? key,
        string commandHash,
        DecisionContext context,
        CancellationToken cancellationToken)
    {
        var stream = model.Stream(id);
        var after = stored?.State;
        var head = stored?.Head ?? StreamHead.Start;
        var recorded = new List<RecordedEvent>(events.Count);
        foreach (var happened in events)
        {
            var info = context.Info(head.Sequence + 1);
            after = model.Apply(after, happened, info);
            var record = EventRecord.After(head.Hash, stream, info, model.Events.NameOf(happened), model.Events.Write(happened));
            recorded.Add(new(stream, record, happened));
            head = new(info.Sequence, record.Hash);
        }

        var outbox = reactions.To(recorded, after!, context);
        if (outbox.Count > 0) await outboxIndex.AddAsync(stream, head.Sequence, cancellationToken);
        await streams.CommitAsync(
            model, stream, stored, after!, recorded, outbox, key is null ? null : new(key, commandHash, head.Sequence), cancellationToken);
        LogCommitted(stream, head.Sequence, recorded[0].Record.Type);
        return (after!, head.Sequence);
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
}
