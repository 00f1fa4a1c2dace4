namespace MappaFlows.Workflows.Cases;

/// <summary>What a case's decisions are made with: the person as the directory has them now, the policy, and the people of the area.</summary>
public sealed class CaseContexts(IPeopleDirectory people, PolicyBook policy, WorkingCalendar calendar) : IDecisionContexts<CaseState>
{
    public async ValueTask<DecisionContext> CreateAsync(
        Person actor,
        CaseState? state,
        Command command,
        DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        var area = state?.AreaCode ?? (command as SubmitReferral)?.Referral.Placement.Area;
        return new CaseContext(
            await OfNowAsync(actor, cancellationToken),
            now,
            policy,
            calendar,
            area is null ? [] : await people.InAreaAsync(area, cancellationToken));
    }

    /// <summary>A role that was taken away since the person signed in counts no more; nor does any role of someone who has left.</summary>
    private async ValueTask<Person> OfNowAsync(Person actor, CancellationToken cancellationToken) => actor.IsClock
        ? actor
        : await people.FindAsync(actor.Id, cancellationToken) ?? actor with { Roles = [] };
}
