namespace MappaFlows.Workflows.Administration;

/// <summary>What the log's decisions are made with: the person as the directory has them now.</summary>
public sealed class AdminContexts(IPeopleDirectory people) : IDecisionContexts<AdminLogState>
{
    public async ValueTask<DecisionContext> CreateAsync(
        Person actor,
        AdminLogState? state,
        Command command,
        DateTimeOffset now,
        CancellationToken cancellationToken) =>
        new AdminContext(await people.WithRolesOfNowAsync(actor, cancellationToken), now);
}
