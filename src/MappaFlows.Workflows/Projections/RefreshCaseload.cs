using System.Text.Json.Serialization;

namespace MappaFlows.Workflows.Projections;

/// <summary>Brings the case's rows in the caseload up to date.</summary>
public sealed record RefreshCaseload : OutboxItem
{
    /// <summary>Its <see cref="OutboxItem.Kind"/>.</summary>
    public const string KindName = "caseload";

    [JsonIgnore]
    public override string Kind => KindName;
}

/// <inheritdoc cref="RefreshCaseload"/>
public sealed class RefreshCaseloadHandler(CaseloadIndex caseload) : OutboxHandler<RefreshCaseload>(RefreshCaseload.KindName)
{
    protected override async Task<bool> HandleAsync(string streamId, RefreshCaseload item, CancellationToken cancellationToken)
    {
        await caseload.RefreshAsync(CaseReference.Parse(streamId), cancellationToken);
        return true;
    }
}
