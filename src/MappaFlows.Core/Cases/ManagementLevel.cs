using System.Text.Json.Serialization;

namespace MappaFlows.Core.Cases;

/// <summary>How much multi-agency management a person needs.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ManagementLevel>))]
public enum ManagementLevel
{
    /// <summary>Ordinary management by the lead agency.</summary>
    Level1 = 1,

    /// <summary>Formal multi-agency meetings add value.</summary>
    Level2 = 2,

    /// <summary>As level 2, with senior representation.</summary>
    Level3 = 3,
}
