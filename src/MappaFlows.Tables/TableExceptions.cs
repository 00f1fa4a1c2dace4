namespace MappaFlows.Tables;

/// <summary>
/// The store refused or could not be asked. No message holds a key or a value: keys and values can be about a person, and messages are
/// logged.
/// </summary>
public abstract class TableStoreException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>An insert found an entity in its place (409). Nothing of the commit was kept.</summary>
public sealed class EntityExistsException(string row, Exception? inner = null)
    : TableStoreException("An entity with this key exists already.", inner)
{
    /// <summary>The row that was in the way.</summary>
    public string Row { get; } = row;
}

/// <summary>The entity is no longer what its ETag says (412), or is not there (404). Nothing of the commit was kept.</summary>
public sealed class EntityChangedException(string row, Exception? inner = null)
    : TableStoreException("The entity was changed or removed by someone else.", inner)
{
    /// <summary>The row that is not what the caller last read.</summary>
    public string Row { get; } = row;
}

/// <summary>The request breaks a limit that Azure Tables documents. Nothing was sent.</summary>
public sealed class TableLimitException(string message) : TableStoreException(message);

/// <summary>The store did not answer within its retries. A commit may or may not have happened.</summary>
public sealed class TableUnavailableException(string message, Exception? inner = null) : TableStoreException(message, inner);

/// <summary>
/// The store's file is damaged, is not ours, or was written by a newer version. Found when it is opened; nothing was changed.
/// </summary>
public sealed class TableFileException(string message, Exception? inner = null) : TableStoreException(message, inner);

/// <summary>
/// The store's file is gone, or is an older one than was in use: it lost what was written to it last, or a copy was put in its place.
/// </summary>
public sealed class TableLostException(string message) : TableStoreException(message);
