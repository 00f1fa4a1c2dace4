using MappaFlows.Tables;
using Microsoft.Extensions.Logging;

namespace MappaFlows.Workflows.Sweeping;

/// <summary>
/// After an update, brings every case's rows in the caseload to the form and the dates that this version derives, and lets its
/// orchestrations look again: what an earlier version never watched would otherwise wait for the case's next change. Some cases in each
/// run, and each case once in each version of the form.
/// </summary>
public sealed partial class CaseloadRenewal(
    ITableStore store,
    CaseloadIndex caseload,
    OrchestrationStarter starter,
    ILogger<CaseloadRenewal> logger)
{
    /// <summary>Raise it when rows hold more than before, or when cases get dates that they did not have.</summary>
    public const int Form = 2;

    private const string Partition = "renewal";
    private const string Row = "progress";
    private const int MaxPerRun = 500;

    /// <remarks>A case that fails is logged, and left for its next change.</remarks>
    public async Task RunAsync(CancellationToken cancellationToken = default)
    {
        var progress = await store.GetAsync(TableNames.Caseload, Partition, Row, cancellationToken);
        if (progress is not null && (int)progress.Properties["Form"] >= Form) return;

        var (area, after) = progress is not null && (int)progress.Properties["Toward"] == Form
            ? ((string)progress.Properties["Area"], (string)progress.Properties["After"])
            : ("", "");
        var left = MaxPerRun;
        foreach (var code in MappaAreas.All.Select(found => found.Code).Order(StringComparer.Ordinal))
        {
            if (string.CompareOrdinal(code, area) < 0) continue;
            if (code != area) after = "";
            var cases = await caseload.AfterAsync(code, after.Length > 0 ? after : null, left, cancellationToken);
            foreach (var reference in cases)
            {
                await RenewAsync(reference, cancellationToken);
                after = reference.ToString();
            }

            left -= cases.Count;
            if (left > 0) continue;
            await SaveAsync(Form - 1, code, after, cancellationToken);
            return;
        }

        await SaveAsync(Form, "", "", cancellationToken);
    }

    private async Task RenewAsync(CaseReference reference, CancellationToken cancellationToken)
    {
        try
        {
            await caseload.RefreshAsync(reference, cancellationToken);
            await starter.LookAgainAsync(reference, cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            LogFailed(exception, reference);
        }
    }

    private async Task SaveAsync(int form, string area, string after, CancellationToken cancellationToken) => await store.CommitAsync(
        TableNames.Caseload,
        Partition,
        [
            new Upsert(Row, new Dictionary<string, object>
            {
                ["Form"] = form,
                ["Toward"] = Form,
                ["Area"] = area,
                ["After"] = after,
            }),
        ],
        cancellationToken);

    [LoggerMessage(Level = LogLevel.Error, Message = "The sweep could not renew case {Reference}.")]
    private partial void LogFailed(Exception exception, CaseReference reference);
}
