namespace MappaFlows.Testing.Tables;

/// <summary>What a <see cref="FaultyTableStore"/> does to a call.</summary>
public enum Fault
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Fails without having asked the store.</summary>
    FailBefore,

    /// <summary>Fails after the store did it: the caller cannot know.</summary>
    FailAfter,

    /// <summary>Answers late: others go on in the meantime.</summary>
    Delay,

    /// <summary>Does it twice, as a retry below does when an answer was lost; the caller gets the first answer.</summary>
    Double,

    /// <summary>Holds the call back until another one has been answered.</summary>
    Reorder,
}

/// <summary>The kinds of call.</summary>
public enum StoreOperation
{
    Get,
    Query,
    Commit,
}

/// <summary>One call of a store.</summary>
/// <param name="Number">From 1, in the order in which the calls came.</param>
/// <param name="Row">The row that is read or changed; of a range, where it begins; of several changes, the last one's.</param>
public sealed record StoreCall(int Number, StoreOperation Operation, string Table, string Row);
