using System.Text.Json.Serialization;

namespace MappaFlows.Core.Exits;

/// <summary>What stands between a person and the exit from MAPPA.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ExitOutcome>))]
public enum ExitOutcome
{
    /// <summary>Nothing but time.</summary>
    OnDay,

    /// <summary>Time, and before it a recorded answer to whether Category 3 is needed.</summary>
    Category3ConsiderationNeeded,

    /// <summary>A recorded decision that formal meetings are no longer needed. There is no date.</summary>
    Category3Decision,

    /// <summary>A basis is indefinite: only a review that the person may ask for can end it. There is no date.</summary>
    Indefinite,

    /// <summary>A basis has no end date yet, and someone has to record it.</summary>
    EndDateNeeded,

    /// <summary>No basis was ever recorded.</summary>
    NoBasis,
}
