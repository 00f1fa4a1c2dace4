namespace MappaFlows.Workflows.Projections;

/// <summary>Brings the case's rows in the caseload up to date.</summary>
public sealed record RefreshCaseload : OutboxItem;

/// <inheritdoc cref="RefreshCaseload"/>
public sealed class RefreshCaseloadHandler(CaseloadIndex caseload) : OutboxHandler<RefreshCaseload>
{
    protected override async Task<bool> HandleAsync(string streamId, RefreshCaseload item, CancellationToken cancellationToken)
    {
        await caseload.RefreshAsync(CaseReference.Parse(streamId), cancellationToken);
        return true;
    }
}
