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

    /// <returns>How many cases failed; each is logged, and left for its next change.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken = default)
    {
        var progress = await store.GetAsync(TableNames.Caseload, Partition, Row, cancellationToken);
        if (progress is not null && (int)progress.Properties["Form"] >= Form) return 0;

        var (area, after) = progress is not null && (int)progress.Properties["Toward"] == Form
            ? ((string)progress.Properties["Area"], (string)progress.Properties["After"])
            : ("", "");
        int left = MaxPerRun, failed = 0;
        foreach (var code in MappaAreas.All.Select(found => found.Code).Order(StringComparer.Ordinal))
        {
            if (string.CompareOrdinal(code, area) < 0) continue;
            if (code != area) after = "";
            var cases = await caseload.AfterAsync(code, after.Length > 0 ? after : null, left, cancellationToken);
            foreach (var reference in cases)
            {
                if (!await RenewAsync(reference, cancellationToken)) failed++;
                after = reference.ToString();
            }

            left -= cases.Count;
            if (left > 0) continue;
            await SaveAsync(Form - 1, code, after, cancellationToken);
            return failed;
        }

        await SaveAsync(Form, "", "", cancellationToken);
        return failed;
    }

    private async Task<bool> RenewAsync(CaseReference reference, CancellationToken cancellationToken)
    {
        try
        {
            await caseload.RefreshAsync(reference, cancellationToken);
            await starter.LookAgainAsync(reference, cancellationToken);
            return true;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            LogFailed(exception, reference);
            return false;
        }
    }

    private Task SaveAsync(int form, string area, string after, CancellationToken cancellationToken) => store.CommitAsync(
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
