namespace MappaFlows.Tables.Tests;

/// <summary>
/// What a table store is, as plainly as it can be said: the model that the real ones are compared with. Its ETags are a count.
/// </summary>
internal sealed class ModelStore
{
    private readonly SortedDictionary<string, (int Value, int ETag)> _rows = new(StringComparer.Ordinal);
    private int _etags;

    public IReadOnlyList<(string Row, int Value)> Rows => [.. _rows.Select(row => (row.Key, row.Value.Value))];

    public int? ETagOf(string row) => _rows.TryGetValue(row, out var found) ? found.ETag : null;

    /// <returns>Null where it was made, with <paramref name="written"/> the ETags; otherwise the row that was in the way.</returns>
    public string? Commit(IReadOnlyList<ModelChange> changes, out int[] written)
    {
        written = [];
        foreach (var change in changes)
        {
            var current = ETagOf(change.Row);
            var holds = change.Kind switch
            {
                ModelKind.Insert => current is null,
                ModelKind.Replace or ModelKind.Delete => current is not null && current == change.ETag,
                _ => true,
            };
            if (!holds)
                return change.Row;
        }

        written = new int[changes.Count];
        for (var i = 0; i < changes.Count; i++)
        {
            var change = changes[i];
            if (change.Kind is ModelKind.Delete or ModelKind.DeleteAny)
                _rows.Remove(change.Row);
            else
                _rows[change.Row] = (change.Value, written[i] = ++_etags);
        }
        return null;
    }
}

internal enum ModelKind
{
    Insert,
    Replace,
    Upsert,
    Delete,
    DeleteAny,
}

/// <summary>A change of the model. <paramref name="ETag"/> is the model's own.</summary>
internal sealed record ModelChange(ModelKind Kind, string Row, int Value, int? ETag);
