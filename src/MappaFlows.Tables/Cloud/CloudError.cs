using System.Net.Sockets;
using Azure;
using Azure.Data.Tables;
using Azure.Data.Tables.Models;
using Azure.Identity;

namespace MappaFlows.Tables.Cloud;

/// <summary>What a failed request says about what happened.</summary>
internal enum CloudFailure
{
    /// <summary>The request was refused for good: wrong address, wrong identity, a limit we do not know of.</summary>
    Refused,

    /// <summary>The service was too busy to begin, or could not be reached: it did not happen.</summary>
    NotBegun,

    /// <summary>The answer was lost: it may have happened.</summary>
    AnswerLost,

    /// <summary>The table is not there, or is on its way out or in.</summary>
    TableMissing,

    /// <summary>An entity was not as the request requires; nothing was kept.</summary>
    Conflict,
}

/// <summary>Reads the Azure client's exceptions.</summary>
internal static class CloudError
{
    /// <summary>True for what the client throws when a request fails, as against a mistake of ours.</summary>
    public static bool IsOfTheService(Exception error) =>
        error is RequestFailedException or AuthenticationFailedException or AggregateException
            or IOException or InvalidDataException or OperationCanceledException;

    public static bool IsTableMissing(RequestFailedException error) =>
        error.ErrorCode == TableErrorCode.TableNotFound.ToString();

    public static CloudFailure Classify(Exception error, CancellationToken callers) => error switch
    {
        OperationCanceledException when callers.IsCancellationRequested => CloudFailure.Refused,
        // An answer that cannot be read is as good as lost.
        OperationCanceledException or IOException or InvalidDataException => CloudFailure.AnswerLost,
        AggregateException aggregate => Classify(aggregate.InnerExceptions[^1], callers),
        RequestFailedException failed => Classify(failed),
        _ => CloudFailure.Refused,
    };

    private static CloudFailure Classify(RequestFailedException error)
    {
        if (IsTableMissing(error) || error.ErrorCode == TableErrorCode.TableBeingDeleted.ToString())
            return CloudFailure.TableMissing;
        return error.Status switch
        {
            0 when NobodyListens(error) => CloudFailure.NotBegun,
            0 or 408 or 500 or 502 or 504 => CloudFailure.AnswerLost,
            429 => CloudFailure.NotBegun,
            503 => error.ErrorCode == "ServerBusy" ? CloudFailure.NotBegun : CloudFailure.AnswerLost,
            404 or 409 or 412 => CloudFailure.Conflict,
            _ => CloudFailure.Refused,
        };
    }

    /// <summary>Names the error without its text, which can repeat the keys that were sent.</summary>
    public static TableStoreException ToException(Exception error) => error switch
    {
        RequestFailedException { Status: 400 or 413 } failed =>
            new TableLimitException($"The table service refused the request ({failed.Status} {failed.ErrorCode}). Nothing was kept."),
        RequestFailedException { Status: > 0 } failed =>
            new TableUnavailableException($"The table service answered {failed.Status} {failed.ErrorCode}."),
        _ => new TableUnavailableException($"The table service could not be asked ({error.GetType().Name})."),
    };

    private static bool NobodyListens(Exception error)
    {
        for (Exception? inner = error; inner is not null; inner = inner.InnerException)
        {
            if (inner is SocketException { SocketErrorCode: SocketError.ConnectionRefused or SocketError.HostNotFound })
                return true;
        }
        return false;
    }
}
