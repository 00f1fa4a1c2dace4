using MappaFlows.Tables;

namespace MappaFlows.DurableTask.Embedded.Engine.Storage;

/// <summary>The changes of one turn, a row at most once: the last word counts.</summary>
internal sealed class ChangeSet
{
    private readonly List<Change> _changes = [];
    private Dictionary<string, int>? _index;

    public IReadOnlyList<Change> Changes => _changes;

    public int Count => _changes.Count;

    /// <summary>About how many bytes the changes take in a commit.</summary>
    public int Bytes { get; private set; }

    public void Insert(string row, Dictionary<string, object> properties) => Set(new Insert(row, properties));

    public void Upsert(string row, Dictionary<string, object> properties) => Set(new Upsert(row, properties));

    public void Delete(string row) => Set(new Delete(row));

    private void Set(Change change)
    {
        Bytes += ChangeSize.Of(change);
        // A few changes are searched faster than indexed, and nearly every turn has a few.
        if (_index is null && _changes.Count == 8)
        {
            _index = new(64, StringComparer.Ordinal);
            for (var i = 0; i < _changes.Count; i++)
                _index[_changes[i].Row] = i;
        }
        var at = _index is null ? _changes.FindIndex(c => c.Row == change.Row) : _index.GetValueOrDefault(change.Row, -1);
        if (at >= 0)
        {
            _changes[at] = change;
            return;
        }
        _index?.Add(change.Row, _changes.Count);
        _changes.Add(change);
    }
}
