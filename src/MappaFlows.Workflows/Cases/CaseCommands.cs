namespace MappaFlows.Workflows.Cases;

/// <summary>
/// Where every command comes in, from pages, API and orchestrations alike: it is committed to the ledger, and then the outbox is seen to.
/// What goes out to a person is their view of the case and no more.
/// </summary>
public sealed class CaseCommands(CaseCommandHandler ledger, OutboxDispatcher dispatcher, TimeProvider time)
{
    /// <inheritdoc cref="CaseCommandHandler.ExecuteAsync"/>
    public async Task<CommandResult> ExecuteAsync(
        Person actor,
        CaseReference reference,
        CaseCommand command,
        string? key,
        CancellationToken cancellationToken = default)
    {
        var result = await ledger.ExecuteAsync(actor, reference, command, key, cancellationToken);

        // The case has changed, whoever still waits for the answer: what follows is tried now and, should it fail, by the sweep.
        // So may it have by a decision that was refused, since the attempt is recorded.
        if (result is CommandResult.Done || command is DecideDisclosure) await dispatcher.TryDispatchAsync(reference, CancellationToken.None);
        return result;
    }

    /// <summary>What the person would see of the case after this command, without giving it; null where it would be refused.</summary>
    public async Task<CaseView?> PreviewAsync(Person actor, CaseReference reference, CaseCommand command, CancellationToken cancellationToken = default) =>
        await ledger.PreviewAsync(actor, reference, command, cancellationToken) is { } timetable ? CaseView.Of(actor, timetable) : null;

    /// <inheritdoc cref="CaseCommandHandler.ValidateAsync"/>
    public Task<CommandResult.Refused?> ValidateAsync(Person actor, CaseReference reference, CaseCommand command, CancellationToken cancellationToken = default) =>
        ledger.ValidateAsync(actor, reference, command, cancellationToken);

    /// <summary>The case as this person may read it; null where there is none, or none that is theirs to read.</summary>
    public async Task<CaseView?> OpenAsync(Person reader, CaseReference reference, CancellationToken cancellationToken = default) =>
        await ledger.TimetableAsync(reference, cancellationToken) is { } timetable ? CaseView.Of(reader, timetable) : null;

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
        var timetable = await ledger.TimetableAsync(reference, cancellationToken);
        var state = ApprovalLinkStates.Of(timetable?.Case, number, ApprovalLinks.HashOf(token), reader.Id, time.GetUtcNow());
        return new(state, timetable is null || state is ApprovalLinkState.Unknown or ApprovalLinkState.NotYours ? null : CaseView.Of(reader, timetable));
    }
}

/// <summary>A link that somebody opened.</summary>
/// <param name="View">The case as they may read it; null where the link is not theirs, or they have no part in the case any more.</param>
public sealed record OpenedLink(ApprovalLinkState State, CaseView? View);
