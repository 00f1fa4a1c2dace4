namespace MappaFlows.Core.Administration;

/// <summary>
/// What an administrator can do to orchestrations, emails and checkpoints. Stored under these names: none may change its meaning.
/// </summary>
public enum AdminAction
{
    /// <summary>Runs an orchestration that failed or was terminated again, from its beginning.</summary>
    Retry,

    /// <summary>Holds an orchestration where it is.</summary>
    Suspend,

    /// <summary>Lets a suspended orchestration go on.</summary>
    Resume,

    /// <summary>Ends a live orchestration.</summary>
    Terminate,

    /// <summary>Removes an ended orchestration and its history.</summary>
    Purge,

    /// <summary>Removes the orchestrations that ended before a day.</summary>
    PurgeOld,

    /// <summary>Puts back what the engine took out of service.</summary>
    RetryQuarantined,

    /// <summary>Removes for good what the engine took out of service.</summary>
    DiscardQuarantined,

    /// <summary>Submits an undelivered email again.</summary>
    RetryEmail,

    /// <summary>Compares cases with their checkpoints.</summary>
    VerifyCheckpoints,

    /// <summary>Goes on with a store that is not the one, or not as far as the one, that was in use. Asked for at the start.</summary>
    AcceptStore,
}
