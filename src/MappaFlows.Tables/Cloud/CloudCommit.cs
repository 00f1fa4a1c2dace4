using Azure;
using Azure.Data.Tables;

namespace MappaFlows.Tables.Cloud;

/// <summary>One commit on its way to Azure Tables, through as many attempts as it takes to know what became of it.</summary>
internal sealed class CloudCommit(TableClient table, string partition, IReadOnlyList<Change> changes, long id, RetryPolicy retries)
{
    /// <summary>Deletions of any version, of rows where there was nothing: Azure would refuse the whole transaction for them.</summary>
    private readonly HashSet<string> _nothingToDelete = new(StringComparer.Ordinal);

    /// <summary>Made at once: what the caller passed may change before the last attempt.</summary>
    private readonly List<TableTransactionAction> _actions = [.. changes.Select(change => EntityMapping.ToAction(partition, change, id))];
    private bool _answerLost;

    public async Task<IReadOnlyList<string>> RunAsync(CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await SendAsync(cancellationToken);
            }
            catch (Exception error) when (CloudError.IsOfTheService(error))
            {
                cancellationToken.ThrowIfCancellationRequested();
                var failure = CloudError.Classify(error, cancellationToken);
                if (failure == CloudFailure.Refused || attempt == RetryPolicy.Attempts)
                    throw CloudError.ToException(error);
                if (await RecoverAsync(failure, attempt, error, cancellationToken) is { } etags)
                    return etags;
            }
        }
    }

    private async Task<IReadOnlyList<string>> SendAsync(CancellationToken cancellationToken)
    {
        var etags = new string[changes.Count];
        Array.Fill(etags, "");
        var sent = _actions.Where(action => !_nothingToDelete.Contains(action.Entity.RowKey)).ToList();
        if (sent.Count == 0)
            return etags;

        var answers = (await table.SubmitTransactionAsync(sent, cancellationToken)).Value;
        for (int i = 0, answer = 0; i < etags.Length; i++)
        {
            if (_nothingToDelete.Contains(changes[i].Row))
                continue;
            if (changes[i] is not Delete)
                etags[i] = answers[answer].Headers.ETag.ToString() ?? "";
            answer++;
        }
        return etags;
    }

    /// <returns>The answer, where it turns out that the commit has happened; null to send it again.</returns>
    private async Task<IReadOnlyList<string>?> RecoverAsync(
        CloudFailure failure,
        int attempt,
        Exception error,
        CancellationToken cancellationToken)
    {
        switch (failure)
        {
            case CloudFailure.TableMissing:
                // The service says the same of a table that is being deleted, and refuses to make it until it is gone.
                if (attempt > 1)
                    await retries.WaitAsync(attempt, error, cancellationToken);
                await CreateTableAsync(cancellationToken);
                return null;

            case CloudFailure.NotBegun:
                await retries.WaitAsync(attempt, error, cancellationToken);
                return null;

            case CloudFailure.AnswerLost:
                _answerLost = true;
                await retries.WaitAsync(attempt, error, cancellationToken);
                return (await FindAsync(cancellationToken)).ETags;

            default:
                return await ResolveConflictAsync((RequestFailedException)error, cancellationToken);
        }
    }

    private async Task<IReadOnlyList<string>?> ResolveConflictAsync(RequestFailedException error, CancellationToken cancellationToken)
    {
        var provenUndone = true;
        if (_answerLost)
        {
            (var etags, provenUndone) = await FindAsync(cancellationToken);
            if (etags is not null)
                return etags;
        }

        // A deletion that requires nothing of its entity does not mind that there is none; see which of them are in the way.
        if (error.Status == 404 && await LeaveOutNeedlessDeletionsAsync(cancellationToken))
            return null;
        if (!provenUndone)
            throw new TableUnavailableException("The answer to the commit was lost, and its entities do not tell whether it happened.");

        var change = await ConflictingChangeAsync(error, cancellationToken);
        throw change is Insert ? new EntityExistsException(change.Row) : new EntityChangedException(change.Row);
    }

    /// <summary>Looks for this commit's id in its entities.</summary>
    /// <returns>
    /// The ETags, where the commit is found. Otherwise whether it provably did not happen: an entity still has the ETag that the commit
    /// would have replaced.
    /// </returns>
    private async Task<(IReadOnlyList<string>? ETags, bool ProvenUndone)> FindAsync(CancellationToken cancellationToken)
    {
        var etags = new string[changes.Count];
        var found = false;
        var provenUndone = false;
        for (var i = 0; i < etags.Length; i++)
        {
            etags[i] = changes[i] is Delete ? "" : EntityMapping.SupersededETag;
            var required = changes[i] switch { Replace replace => replace.ETag, Delete delete => delete.ETag, _ => null };
            if (required is null && !EntityMapping.CarriesCommitId(changes[i]))
                continue;
            var answer = await retries.ReadAsync(
                token => table.GetEntityIfExistsAsync<TableEntity>(partition, changes[i].Row, [TableLimits.CommitIdProperty], token),
                cancellationToken);
            if (!answer.HasValue)
                continue;
            var entity = answer.Value!;
            if (entity.GetInt64(TableLimits.CommitIdProperty) == id)
            {
                etags[i] = entity.ETag.ToString();
                found = true;
            }
            else if (required == entity.ETag.ToString())
            {
                provenUndone = true;
            }

            // One entity decides: the commit happened whole or not at all.
            if (provenUndone)
                return (null, true);
        }
        return (found ? etags : null, false);
    }

    private async Task<bool> LeaveOutNeedlessDeletionsAsync(CancellationToken cancellationToken)
    {
        var before = _nothingToDelete.Count;
        foreach (var change in changes)
        {
            if (change is Delete { ETag: null }
                && !_nothingToDelete.Contains(change.Row)
                && !await ExistsAsync(change.Row, cancellationToken))
            {
                _nothingToDelete.Add(change.Row);
            }
        }
        return _nothingToDelete.Count > before;
    }

    /// <summary>The change that the service names; where it names none, the first whose condition does not hold.</summary>
    private async Task<Change> ConflictingChangeAsync(RequestFailedException error, CancellationToken cancellationToken)
    {
        var sent = changes.Where(change => !_nothingToDelete.Contains(change.Row)).ToList();
        if (error is TableTransactionFailedException { FailedTransactionActionIndex: { } index } && index >= 0 && index < sent.Count)
            return sent[index];
        foreach (var change in sent)
        {
            var exists = await ExistsAsync(change.Row, cancellationToken);
            if (change is Insert ? exists : change is Replace or Delete && !exists)
                return change;
        }
        return sent.FirstOrDefault(change => change is Replace or Delete) ?? sent[0];
    }

    private async Task<bool> ExistsAsync(string row, CancellationToken cancellationToken) =>
        (await retries.ReadAsync(
            token => table.GetEntityIfExistsAsync<TableEntity>(partition, row, ["RowKey"], token), cancellationToken)).HasValue;

    private async Task CreateTableAsync(CancellationToken cancellationToken)
    {
        try
        {
            await table.CreateIfNotExistsAsync(cancellationToken);
        }
        catch (RequestFailedException error) when (error.Status is 0 or 409 or >= 500)
        {
            // Someone else has just made it, or it cannot be made yet: the next attempt of the commit shows which.
        }
    }
}
