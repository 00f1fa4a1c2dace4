namespace MappaFlows.Tables;

/// <summary>
/// A table store with the rules of Azure Tables: entities are found by table, partition and row; one commit changes up to
/// <see cref="TableLimits.ChangesPerCommit"/> entities of one partition, all or nothing.
/// Rows of a partition are in the ordinal order of their keys.
/// </summary>
/// <remarks>
/// Every documented limit is checked by <see cref="TableLimits"/> before a backend is asked, so that what passes on one
/// backend passes on all. Tables come into being when first used.
/// </remarks>
public interface ITableStore
{
    /// <summary>The entity, or null where there is none.</summary>
    ValueTask<Entity?> GetAsync(string table, string partition, string row, CancellationToken cancellationToken = default);

    /// <summary>A page of one partition's entities, in row order.</summary>
    /// <param name="take">1 to <see cref="TableLimits.EntitiesPerPage"/>.</param>
    /// <param name="continuation">The <see cref="EntityPage.Continuation"/> of the page before, or null for the first page.</param>
    ValueTask<EntityPage> QueryAsync(
        string table,
        string partition,
        RowRange range,
        int take = TableLimits.EntitiesPerPage,
        string? continuation = null,
        CancellationToken cancellationToken = default);

    /// <summary>Makes all of the changes or none, and answers when they are durable.</summary>
    /// <returns>The new ETag of each change, in their order; empty for a deletion.</returns>
    /// <exception cref="EntityExistsException">An <see cref="Insert"/> found an entity in its place (409).</exception>
    /// <exception cref="EntityChangedException">An ETag did not match, or the entity was not there (412, 404).</exception>
    /// <exception cref="TableLimitException">The commit breaks a documented limit; nothing was sent.</exception>
    ValueTask<IReadOnlyList<string>> CommitAsync(
        string table,
        string partition,
        IReadOnlyList<Change> changes,
        CancellationToken cancellationToken = default);
}

/// <summary>
/// A stored entity. Values are string, bool, int, long, double, <see cref="DateTimeOffset"/>, <see cref="Guid"/> or byte[].
/// </summary>
/// <remarks>
/// A date is kept as an instant and read as UTC. An ETag tells the versions of this one entity apart; two entities may have the same.
/// </remarks>
public sealed record Entity(string Partition, string Row, IReadOnlyDictionary<string, object> Properties, string ETag);

/// <summary>A page of a query; <paramref name="Continuation"/> is null on the last.</summary>
public sealed record EntityPage(IReadOnlyList<Entity> Entities, string? Continuation);

/// <summary>One change of a commit. A row may stand in a commit once.</summary>
public abstract record Change(string Row);

/// <summary>Adds an entity; conflicts where one exists.</summary>
public sealed record Insert(string Row, IReadOnlyDictionary<string, object> Properties) : Change(Row);

/// <summary>Replaces the entity whole, if it still has <paramref name="ETag"/>.</summary>
public sealed record Replace(string Row, IReadOnlyDictionary<string, object> Properties, string ETag) : Change(Row);

/// <summary>Adds the entity, or replaces the whole of the one that is there.</summary>
public sealed record Upsert(string Row, IReadOnlyDictionary<string, object> Properties) : Change(Row);

/// <summary>
/// Deletes the entity, if it still has <paramref name="ETag"/>; with null, any version, and without an error where there is none.
/// </summary>
public sealed record Delete(string Row, string? ETag = null) : Change(Row);
