namespace MappaFlows.Workflows.Cases;

/// <summary>
/// What a case's decisions are made with: the person as the directory has them now, the policy, and the people of the area.
/// </summary>
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
            await people.WithRolesOfNowAsync(actor, cancellationToken),
            now,
            policy,
            calendar,
            area is null ? [] : await people.InAreaAsync(area, cancellationToken))
        {
            Administrators = [.. (await people.AllAsync(cancellationToken)).Where(Permissions.MayOperate)],
        };
    }
}
