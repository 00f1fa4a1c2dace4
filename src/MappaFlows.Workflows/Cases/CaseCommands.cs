namespace MappaFlows.Workflows.Cases;

/// <summary>
/// Where every command comes in, from pages, API and orchestrations alike: it is committed, and then the outbox is dispatched. What goes
/// out to a person is their view of the case and no more.
/// </summary>
public sealed class CaseCommands(
    CommandHandler<CaseState> handler,
    CaseQueries queries,
    CaseModel model,
    OutboxDispatcher dispatcher,
    ProductMetrics metrics,
    TimeProvider time)
{
    /// <summary>Decides a command and commits what follows. The result carries the case as it now stands: no one reads it again.</summary>
    /// <param name="key">The sender's key for this one command; the same key again answers as the first time.</param>
    public Task<CommandResult> ExecuteAsync(
        Person actor,
        CaseReference reference,
        CaseCommand command,
        string? key,
        CancellationToken cancellationToken = default) =>
        ExecuteAsync(actor, reference, command, key, expected: null, cancellationToken);

    /// <inheritdoc cref="ExecuteAsync(Person, CaseReference, CaseCommand, string?, CancellationToken)"/>
    /// <param name="expected">The version that the case must be at; null for any.</param>
    public async Task<CommandResult> ExecuteAsync(
        Person actor,
        CaseReference reference,
        CaseCommand command,
        string? key,
        long? expected,
        CancellationToken cancellationToken = default) =>
        await CommitAsync(actor, reference, command, key, expected, cancellationToken) switch
        {
            CommandResult<CaseState>.Done done => new CommandResult.Done(
                model.View(actor, queries.TimetableOf(done.Now)),
                done.WasDoneBefore),
            CommandResult<CaseState>.Refused refused => new CommandResult.Refused(refused.Kind, refused.Problems, refused.IsRecorded),
            CommandResult<CaseState>.Stale => new CommandResult.Stale(),
            var other => throw new InvalidOperationException($"{other.GetType().Name} is no result of a command."),
        };

    /// <summary>Gives a command of the clock.</summary>
    /// <returns>The whole case as it now stands.</returns>
    public async Task<CommandResult<Timetable>> ExecuteAsClockAsync(
        CaseReference reference,
        CaseCommand command,
        CancellationToken cancellationToken = default) =>
        await CommitAsync(Person.Clock, reference, command, key: null, expected: null, cancellationToken) switch
        {
            CommandResult<CaseState>.Done done => new CommandResult<Timetable>.Done(
                queries.TimetableOf(done.Now),
                done.Sequence,
                done.WasDoneBefore),
            CommandResult<CaseState>.Refused refused => new CommandResult<Timetable>.Refused(
                refused.Kind,
                refused.Problems,
                refused.IsRecorded),
            var other => throw new InvalidOperationException($"{other.GetType().Name} is no result of a command."),
        };

    /// <summary>What would follow from this command for the person, without giving it; null where it would be refused.</summary>
    public async Task<CasePreview?> PreviewAsync(
        Person actor,
        CaseReference reference,
        CaseCommand command,
        CancellationToken cancellationToken = default) =>
        await handler.PreviewAsync(actor, reference.ToString(), command, cancellationToken) is { } preview
            ? new(model.View(actor, queries.TimetableOf(preview.After)), preview.Outbox)
            : null;

    /// <summary>
    /// How this command would be refused, without giving it and without a record of the attempt; null where it would be done.
    /// </summary>
    public async Task<CommandResult.Refused?> ValidateAsync(
        Person actor,
        CaseReference reference,
        CaseCommand command,
        CancellationToken cancellationToken = default) =>
        await handler.ValidateAsync(actor, reference.ToString(), command, cancellationToken) is Decision.Refused refused
            ? new(refused.Kind, refused.Problems)
            : null;

    /// <inheritdoc cref="CaseQueries.OpenAsync"/>
    public Task<CaseView?> OpenAsync(Person reader, CaseReference reference, CancellationToken cancellationToken = default) =>
        queries.OpenAsync(reader, reference, cancellationToken);

    /// <summary>What an emailed link to a decision is worth to the person who opens it, and the case where the link is theirs.</summary>
    /// <param name="number">The disclosure that the link names.</param>
    /// <param name="token">Its token as it stands in the link.</param>
    public async Task<OpenedLink> OpenLinkAsync(
        Person reader,
        CaseReference reference,
        int number,
        string token,
        CancellationToken cancellationToken = default)
    {
        var timetable = await queries.TimetableAsync(reference, cancellationToken);
        var state = ApprovalLinkStates.Of(timetable?.Case, number, Hashing.OfText(token), reader, time.GetUtcNow());
        return new(
            state,
            timetable is null || state is ApprovalLinkState.Unknown or ApprovalLinkState.NotYours ? null : model.View(reader, timetable));
    }

    private async Task<CommandResult<CaseState>> CommitAsync(
        Person actor,
        CaseReference reference,
        CaseCommand command,
        string? key,
        long? expected,
        CancellationToken cancellationToken)
    {
        var result = await handler.ExecuteAsync(actor, reference.ToString(), command, key, expected, cancellationToken);

        var isRefused = result is CommandResult<CaseState>.Refused { Kind: not RefusalKind.Invalid };
        if (isRefused && command is DecideDisclosure) metrics.DecisionRefused();

        // The case has changed, even if the caller no longer waits. The outbox is tried now and, if that fails, by the sweep.
        if (result is CommandResult<CaseState>.Done or CommandResult<CaseState>.Refused { IsRecorded: true })
            await dispatcher.TryDispatchAsync(reference, CancellationToken.None);
        return result;
    }
}

/// <summary>What would follow from a command.</summary>
/// <param name="After">The case as the person would then see it; null where they could not read it any more.</param>
/// <param name="Outbox">What would go out.</param>
public sealed record CasePreview(CaseView? After, IReadOnlyList<OutboxItem> Outbox);

/// <summary>A link that someone opened.</summary>
/// <param name="View">The case as they may read it; null where the link is not theirs, or they have no part in the case any more.</param>
public sealed record OpenedLink(ApprovalLinkState State, CaseView? View);
