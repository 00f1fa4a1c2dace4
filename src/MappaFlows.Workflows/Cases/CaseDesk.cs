using MappaFlows.Core.Cases;
using MappaFlows.Core.People;
using MappaFlows.Workflows.Outbox;

namespace MappaFlows.Workflows.Cases;

/// <summary>Where every command comes in, from pages, API and orchestrations alike: it is committed to the ledger, and then the outbox is seen to.</summary>
public sealed class CaseDesk(CaseLedger ledger, OutboxDispatcher dispatcher)
{
    /// <inheritdoc cref="CaseLedger.ExecuteAsync"/>
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

    /// <inheritdoc cref="CaseLedger.AgendaAsync"/>
    public Task<CaseAgenda?> AgendaAsync(CaseReference reference, CancellationToken cancellationToken = default) =>
        ledger.AgendaAsync(reference, cancellationToken);

    /// <inheritdoc cref="CaseLedger.ForeseeAsync"/>
    public Task<CaseAgenda?> ForeseeAsync(Person actor, CaseReference reference, CaseCommand command, CancellationToken cancellationToken = default) =>
        ledger.ForeseeAsync(actor, reference, command, cancellationToken);

    /// <inheritdoc cref="CaseLedger.WhyRefusedAsync"/>
    public Task<CommandResult.Refused?> WhyRefusedAsync(Person actor, CaseReference reference, CaseCommand command, CancellationToken cancellationToken = default) =>
        ledger.WhyRefusedAsync(actor, reference, command, cancellationToken);

    /// <summary>As <see cref="AgendaAsync"/>, for a person: null also where they have no right to read the case.</summary>
    public async Task<CaseAgenda?> OpenAsync(Person reader, CaseReference reference, CancellationToken cancellationToken = default) =>
        await AgendaAsync(reference, cancellationToken) is { } agenda && Rights.MayRead(reader, agenda.Case) ? agenda : null;
}
