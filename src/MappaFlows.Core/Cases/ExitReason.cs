namespace MappaFlows.Core.Cases;

/// <summary>Why a person is no longer managed.</summary>
public enum ExitReason
{
    /// <summary>Category 1: the notification requirement ended.</summary>
    NotificationEnded,

    /// <summary>Category 2: the sentence expired.</summary>
    SentenceExpired,

    /// <summary>Category 3: it was decided that formal meetings are no longer needed.</summary>
    MeetingsNoLongerNeeded,

    /// <summary>Category 4: the licence or the terrorism notification ended.</summary>
    TerrorismRequirementEnded,

    Death,

    ConvictionQuashed,

    TransferredToAnotherArea,
}
