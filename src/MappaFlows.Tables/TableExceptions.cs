namespace MappaFlows.Tables;

/// <summary>The store refused or could not be asked.</summary>
public abstract class TableStoreException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>An insert found an entity in its place (409).</summary>
public sealed class EntityExistsException(string row, Exception? inner = null)
    : TableStoreException($"Row '{row}' exists already.", inner)
{
    public string Row { get; } = row;
}

/// <summary>The entity is no longer what its ETag says (412), or is not there (404).</summary>
public sealed class EntityChangedException(string row, Exception? inner = null)
    : TableStoreException($"Row '{row}' was changed or removed by somebody else.", inner)
{
    public string Row { get; } = row;
}

/// <summary>The request breaks a limit that Azure Tables documents. Nothing was sent.</summary>
public sealed class TableLimitException(string message) : TableStoreException(message);

/// <summary>The store did not answer within its retries. A commit may or may not have happened.</summary>
public sealed class TableUnavailableException(string message, Exception? inner = null) : TableStoreException(message, inner);
